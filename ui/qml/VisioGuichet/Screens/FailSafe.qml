// Something in the booth failed: calm words, no code, and Home again by itself.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property ShellModel shell

    property string since: ""

    signal homeWanted

    title: qsTr("One moment, the booth is starting again.")
    portraitTop: Theme.px(480)

    Component.onCompleted: since = screen.shell.time

    BreathingRing {
        id: ring

        x: Theme.portrait ? (parent.width - width) / 2 : Theme.px(72)
        y: Theme.portrait ? 0 : (parent.height - height) / 2
        width: Math.min(Theme.px(Theme.portrait ? 560 : 480), parent.height)
        height: width

        Pictogram {
            anchors.centerIn: parent
            size: Theme.px(180)
            glyph: Glyphs.renew
            color: Theme.teal
        }
    }

    Column {
        x: Theme.portrait ? 0 : parent.width * 0.44
        y: Theme.portrait ? ring.height + Theme.margin : (parent.height - height) / 2
        width: parent.width - x
        spacing: Theme.gap

        Words {
            width: parent.width
            text: qsTr("You did nothing wrong, and there is nothing to do.")
            font.pixelSize: Theme.heading
            font.bold: true
        }

        Words {
            width: parent.width
            text: qsTr("Everything about you is being erased. The start screen comes back in a few seconds.")
            font.pixelSize: Theme.button
        }
    }

    footer: [
        Words {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            text: qsTr("For the technician: incident at %1").arg(screen.since)
            color: Theme.slate
            font.pixelSize: Theme.small
            width: Math.min(implicitWidth, parent.width - back.width - Theme.wide)
        },
        ActionButton {
            id: back

            focus: true
            anchors.right: parent.right
            glyph: Glyphs.house
            text: qsTr("Back to the start")
            onClicked: screen.homeWanted()
        }
    ]
}
