// A large button with a pictogram and a word: the main action, a quiet one, or hanging up.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

T.AbstractButton {
    id: button

    enum Kind { Main, Quiet, HangUp }

    required property string glyph
    property int kind: ActionButton.Kind.Main
    property int lettersSize: Theme.button

    readonly property bool quiet: kind === ActionButton.Kind.Quiet
    readonly property color lettering: quiet ? Theme.ink : Theme.white
    readonly property color surface: quiet ? Theme.white : kind === ActionButton.Kind.HangUp ? Theme.brick : Theme.teal
    readonly property color pressedSurface: quiet ? Theme.mistPressed : kind === ActionButton.Kind.HangUp ? Theme.brickPressed : Theme.tealPressed

    implicitWidth: Math.max(Theme.px(320), content.implicitWidth + 2 * Theme.roomy)
    implicitHeight: Theme.target
    // A touch leaves the focus in the field that is typed into: its keyboard stays, and with it the
    // button under the finger.
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.focusable: true
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: button.down ? button.pressedSurface : button.surface
        border.color: button.quiet ? Theme.slate : "transparent"
        border.width: button.quiet ? Math.max(2, Theme.px(3)) : 0

        FocusRing {
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        implicitWidth: content.implicitWidth

        Row {
            id: content

            anchors.centerIn: parent
            spacing: Theme.snug

            Pictogram {
                anchors.verticalCenter: parent.verticalCenter
                glyph: button.glyph
                size: Math.round(button.lettersSize * 1.18)
                color: button.lettering
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: button.text
                color: button.lettering
                font.pixelSize: button.lettersSize
                font.bold: true
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
