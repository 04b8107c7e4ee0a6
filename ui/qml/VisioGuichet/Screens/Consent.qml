// Before a call: who will see and hear, that nothing is kept, and that it can be stopped.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property AgencyModel agency

    readonly property list<string> glyphs: [Glyphs.user, Glyphs.shieldCheck, Glyphs.hand, Glyphs.videoCamera]
    readonly property list<string> words: [
        qsTr("An agent of this service will see and hear you, nobody else."),
        qsTr("Nothing is recorded, neither picture nor sound."),
        qsTr("You may stop at any time: touch “Hang up”."),
        qsTr("The camera has a shutter: open it to be seen, close it if you prefer.")
    ]

    signal agreed
    signal cancelled

    title: qsTr("Before you talk to an agent")
    portraitTop: Theme.px(440)

    AgencyBadge {
        id: badge

        width: parent.width
        agency: screen.agency
    }

    Column {
        id: list

        y: badge.height + (Theme.portrait ? Theme.roomy : Theme.gap)
        width: parent.width
        height: parent.height - y
        spacing: (height - 4 * line) / 3 > Theme.wide ? Theme.wide : Math.max(0, (height - 4 * line) / 3)

        readonly property real line: Theme.px(Theme.portrait ? 152 : 108)

        Repeater {
            model: 4

            Item {
                id: row

                required property int index

                width: list.width
                height: list.line

                Rectangle {
                    id: disc

                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.px(100)
                    height: width
                    radius: width / 2
                    color: Theme.mist

                    Pictogram {
                        anchors.centerIn: parent
                        size: Theme.px(56)
                        glyph: screen.glyphs[row.index]
                        color: Theme.teal
                    }
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    x: disc.width + Theme.wide
                    width: row.width - x
                    text: screen.words[row.index]
                    font.pixelSize: Theme.button
                }
            }
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.arrowLeft
            text: qsTr("Back")
            onClicked: screen.cancelled()
        },
        ActionButton {
            anchors.right: parent.right
            focus: true
            width: Math.max(implicitWidth, Theme.px(480))
            glyph: Glyphs.check
            text: qsTr("I agree")
            onClicked: screen.agreed()
        }
    ]
}
