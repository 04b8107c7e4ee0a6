// One thing to do to a simulated device, with a field for its argument where it takes one.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

Row {
    id: action

    required property string name
    // What the argument means; empty where there is none.
    required property string takes
    // Room on the line.
    required property real most

    readonly property string words: DockWords.action(action.name)

    signal done(argument: string)

    spacing: Theme.tight

    T.AbstractButton {
        id: button

        implicitWidth: label.implicitWidth + Theme.wide
        implicitHeight: Theme.px(60)
        text: action.words
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.focusable: true
        Accessible.onPressAction: button.clicked()
        Keys.onReturnPressed: button.clicked()
        Keys.onEnterPressed: button.clicked()
        onClicked: action.done(field.visible ? argument.text : "")

        background: Rectangle {
            radius: Theme.snug
            color: button.down ? Theme.mistPressed : Theme.mist
            border.color: Theme.edge
            border.width: Theme.hair

            FocusRing {
                anchors.margins: -Theme.hair
                shown: button.visualFocus
            }
        }

        contentItem: Item {
            implicitWidth: label.implicitWidth

            Words {
                id: label

                anchors.centerIn: parent
                text: action.words
                font.pixelSize: Theme.small
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }

    Rectangle {
        id: field

        width: Math.min(Theme.px(360), action.most - button.width - action.spacing)
        height: button.height
        visible: action.takes.length > 0
        color: Theme.white
        border.color: argument.activeFocus ? Theme.ink : Theme.edge
        border.width: argument.activeFocus ? Theme.line : Theme.hair

        TextInput {
            id: argument

            anchors.fill: parent
            anchors.margins: Theme.snug
            clip: true
            color: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.small
            verticalAlignment: TextInput.AlignVCenter
            maximumLength: 200
            activeFocusOnTab: true
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("%1: %2").arg(action.words).arg(action.takes)
            onAccepted: action.done(text)
        }

        FittedWords {
            anchors.fill: parent
            anchors.margins: Theme.snug
            visible: argument.text.length === 0
            text: action.takes
            color: Theme.slate
            font.pixelSize: Theme.small
            least: Theme.px(20)
            wrapMode: Text.NoWrap
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
