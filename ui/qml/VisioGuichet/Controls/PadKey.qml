// One large key of a pad: a digit, or a sign over its word.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

T.AbstractButton {
    id: key

    property string glyph: ""
    property bool main: false

    readonly property color lettering: main ? Theme.white : Theme.ink

    implicitWidth: Theme.px(190)
    implicitHeight: Theme.pinKey
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.focusable: true
    Accessible.onPressAction: key.clicked()
    Keys.onReturnPressed: key.clicked()
    Keys.onEnterPressed: key.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: key.main ? (key.down ? Theme.tealPressed : Theme.teal) : key.down ? Theme.mistPressed : Theme.white
        border.color: key.main ? "transparent" : Theme.slate
        border.width: key.main ? 0 : Theme.hair

        FocusRing {
            anchors.margins: -Theme.tight
            shown: key.visualFocus
        }
    }

    contentItem: Item {
        Words {
            anchors.centerIn: parent
            visible: key.glyph.length === 0
            text: key.text
            color: key.lettering
            font.pixelSize: Theme.title
            font.bold: true
            lineHeight: 1
            Accessible.ignored: true
        }

        Column {
            anchors.centerIn: parent
            visible: key.glyph.length > 0
            spacing: 0

            Pictogram {
                anchors.horizontalCenter: parent.horizontalCenter
                glyph: key.glyph
                size: Theme.sign
                color: key.lettering
            }

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: key.glyph.length > 0 ? key.text : ""
                color: key.lettering
                font.pixelSize: Theme.secondary
                font.bold: true
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }
}
