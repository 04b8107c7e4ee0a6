// Three faces, one open question, and thanks; it goes by itself, and says how soon.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property SurveyModel survey

    readonly property bool thanked: screen.survey.thanked
    readonly property bool asking: screen.survey.questionShown && !screen.thanked
    readonly property list<string> faces: [qsTr("Not well"), qsTr("So so"), qsTr("Well")]

    signal answered(face: int)
    signal said(words: string)
    signal skipped

    title: screen.thanked ? qsTr("Thank you, and goodbye.") : screen.asking ? qsTr("What could be better?") : qsTr("How did it go?")
    portraitTop: Theme.px(screen.asking ? 500 : 560)
    lift: keyboard.height

    Row {
        id: row

        readonly property real share: Math.min(Theme.px(460), (width - 2 * spacing) / 3)

        x: (parent.width - 3 * share - 2 * spacing) / 2
        y: Theme.portrait ? Theme.roomy : (parent.height - height) / 2
        width: parent.width
        visible: !screen.asking && !screen.thanked
        spacing: Theme.wide

        Repeater {
            model: 3

            Face {
                required property int index

                width: row.share
                height: Theme.px(Theme.portrait ? 420 : 480)
                focus: index === 1 && !screen.asking
                value: index + 1
                chosen: screen.survey.face === value
                text: screen.faces[index]
                onClicked: screen.answered(value)
            }
        }
    }

    LineField {
        id: field

        width: parent.width
        visible: screen.asking
        focus: screen.asking
        label: qsTr("In a few words, without your name. You need not answer.")
        maximumLength: 200
        // Ready to be typed in, with its keyboard, as soon as it is asked for.
        onVisibleChanged: {
            if (visible)
                forceActiveFocus();
        }
        onTextChanged: ring.restart()
        onAccepted: screen.said(field.text.trim())
    }

    Column {
        anchors.centerIn: parent
        width: parent.width
        visible: screen.thanked
        spacing: Theme.roomy

        BreathingRing {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.px(380)
            height: width
            breathing: false

            Pictogram {
                anchors.centerIn: parent
                size: Theme.px(160)
                glyph: Glyphs.checkCircle
                color: Theme.green
            }
        }

        Sentence {
            width: parent.width
            sentence: qsTr("Everything of your visit is being erased.")
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }
    }

    footer: [
        CountdownRing {
            id: ring

            function restart(): void {
                emptying.restart();
            }

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(104)
            height: width
            visible: !screen.thanked
            Accessible.ignored: true

            NumberAnimation on remaining {
                id: emptying

                from: 1
                to: 0
                duration: screen.survey.closesInSeconds * 1000
            }

            Connections {
                target: screen.survey

                function onChanged(): void {
                    ring.restart();
                }
            }
        },
        Row {
            anchors.right: parent.right
            visible: !screen.thanked
            spacing: Theme.gap

            ActionButton {
                kind: ActionButton.Kind.Quiet
                glyph: Glyphs.skipForward
                text: qsTr("Skip")
                onClicked: screen.asking ? screen.said("") : screen.skipped()
            }

            ActionButton {
                visible: screen.asking
                glyph: Glyphs.check
                text: qsTr("Send")
                onClicked: screen.said(field.text.trim())
            }
        }
    ]

    over: KeyboardPlace {
        id: keyboard

        anchors.bottom: parent.bottom
        width: parent.width
        wanted: screen.asking
    }
}
