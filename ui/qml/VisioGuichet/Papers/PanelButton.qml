// A button of a panel: its words take two lines rather than being cut.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

T.AbstractButton {
    id: button

    required property string glyph
    property bool quiet: true

    readonly property color lettering: button.quiet ? Theme.ink : Theme.white

    implicitHeight: Theme.target
    // As of `ActionButton`: a document is announced while the resident types.
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.focusable: true
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: button.quiet ? (button.down ? Theme.mistPressed : Theme.white) : button.down ? Theme.tealPressed : Theme.teal
        border.color: button.quiet ? Theme.slate : "transparent"
        border.width: button.quiet ? Math.max(2, Theme.px(3)) : 0

        FocusRing {
            anchors.margins: -Theme.tight
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        id: inside

        Pictogram {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            x: Math.max(Theme.snug, (inside.width - width - Theme.snug - words.contentWidth) / 2)
            size: Theme.px(50)
            glyph: button.glyph
            color: button.lettering
        }

        FittedWords {
            id: words

            x: sign.x + sign.width + Theme.snug
            anchors.verticalCenter: parent.verticalCenter
            width: inside.width - sign.width - 3 * Theme.snug
            height: inside.height - Theme.tight
            text: button.text
            color: button.lettering
            least: Theme.secondary
            font.bold: true
            lineHeight: 0.95
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
