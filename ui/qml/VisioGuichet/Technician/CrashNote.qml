// What the last run left behind, told once: it stands over the overview until it has been read.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: note

    required property string words

    signal read

    implicitHeight: inside.height + 2 * Theme.wide
    radius: Theme.corner
    color: Theme.paper
    border.color: Theme.brick
    border.width: Theme.line
    Accessible.role: Accessible.AlertMessage
    Accessible.name: heading.text

    // What lies below takes no touch.
    MouseArea {
        anchors.fill: parent
    }

    Column {
        id: inside

        anchors.centerIn: parent
        width: parent.width - 2 * Theme.wide
        spacing: Theme.gap

        Row {
            spacing: Theme.snug

            Pictogram {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.heading
                glyph: Glyphs.warning
                color: Theme.brick
            }

            Title {
                id: heading

                anchors.verticalCenter: parent.verticalCenter
                width: inside.width - Theme.heading - Theme.snug
                sentence: qsTr("The booth did not end well last time")
                font.pixelSize: Theme.button
            }
        }

        ScrollArea {
            width: parent.width
            height: Math.min(contentHeight, Theme.px(320))

            Words {
                width: parent.width
                text: note.words
                font.pixelSize: Theme.secondary
                wrapMode: Text.Wrap
            }
        }

        ToolButton {
            anchors.right: parent.right
            focus: true
            kind: ActionButton.Kind.Main
            glyph: Glyphs.check
            text: qsTr("I have read it")
            onClicked: note.read()
        }
    }
}
