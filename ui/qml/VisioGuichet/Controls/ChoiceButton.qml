// One of several equal answers: its words, what helps to choose under them, a sign before them.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

T.AbstractButton {
    id: button

    property string glyph: ""
    property string detail: ""
    property bool chosen: false
    property int signSize: Theme.px(52)
    // Short words alone stand in the middle.
    property bool centred: button.glyph.length === 0

    readonly property color lettering: button.chosen ? Theme.white : Theme.ink

    implicitWidth: Theme.px(400)
    implicitHeight: Theme.px(128)
    horizontalPadding: Theme.px(22)
    verticalPadding: Theme.px(10)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: detail
    Accessible.focusable: true
    Accessible.selectable: true
    Accessible.selected: chosen
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: button.chosen ? Theme.teal : button.down ? Theme.mistPressed : Theme.white
        border.color: button.chosen ? "transparent" : Theme.slate
        border.width: button.chosen ? 0 : Theme.hair

        FocusRing {
            anchors.margins: -Theme.tight
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        id: inside

        readonly property real begin: sign.visible ? sign.width + Math.round(button.signSize * 0.32) : 0

        Pictogram {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            visible: button.glyph.length > 0
            size: button.signSize
            glyph: button.glyph
            color: button.chosen ? Theme.white : Theme.teal
        }

        Item {
            // Both texts have a fixed place; what they really fill of it is put in the middle.
            readonly property real filled: said.contentHeight + (under.visible ? under.contentHeight : 0)

            x: inside.begin
            y: (inside.height - filled) / 2 - (said.height - said.contentHeight)
            width: inside.width - inside.begin
            height: inside.height

            FittedWords {
                id: said

                width: parent.width
                height: under.visible ? inside.height * 0.56 : inside.height
                // A hyphen joins (« rendez-vous »): no line ends there.
                text: button.text.replace(/-/g, "-\u2060")
                color: button.lettering
                least: Theme.secondary
                font.bold: true
                horizontalAlignment: button.centred ? Text.AlignHCenter : Text.AlignLeft
                verticalAlignment: Text.AlignBottom
                Accessible.ignored: true
            }

            FittedWords {
                id: under

                y: said.height
                width: parent.width
                height: inside.height - y
                visible: text.length > 0
                text: button.detail
                color: button.chosen ? Theme.white : Theme.slate
                font.pixelSize: Theme.secondary
                horizontalAlignment: button.centred ? Text.AlignHCenter : Text.AlignLeft
                Accessible.ignored: true
            }
        }
    }
}
