// One item that can be chosen or left out: a box, its title, and what it says.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

T.CheckBox {
    id: row

    required property string title
    required property var lines
    required property bool chosen

    implicitHeight: Math.max(Theme.px(128), said.height + 2 * Theme.snug)
    focusPolicy: Qt.StrongFocus
    text: title
    // The booth alone changes it: what is shown is what will be printed.
    checkState: chosen ? Qt.Checked : Qt.Unchecked
    nextCheckState: () => row.checkState
    Accessible.role: Accessible.CheckBox
    Accessible.name: title
    Accessible.description: row.lines.join(", ")
    Accessible.focusable: true
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: row.down ? Theme.mistPressed : row.chosen ? Theme.white : Theme.mist
        border.color: row.chosen ? Theme.teal : Theme.edge
        border.width: row.chosen ? Theme.line : Theme.hair

        FocusRing {
            anchors.margins: -Theme.tight
            shown: row.visualFocus
        }
    }

    contentItem: Item {
        Rectangle {
            id: box

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(68)
            height: width
            radius: Theme.tight
            color: row.chosen ? Theme.teal : Theme.white
            border.color: row.chosen ? Theme.teal : Theme.slate
            border.width: Theme.line

            Pictogram {
                anchors.centerIn: parent
                visible: row.chosen
                size: Theme.px(52)
                glyph: Glyphs.check
                color: Theme.white
            }
        }

        Column {
            id: said

            anchors.verticalCenter: parent.verticalCenter
            x: box.x + box.width + Theme.gap
            width: parent.width - x - Theme.gap

            Words {
                width: parent.width
                text: row.title
                font.bold: true
                Accessible.ignored: true
            }

            Repeater {
                model: row.lines

                Words {
                    required property string modelData

                    width: said.width
                    text: modelData
                    Accessible.ignored: true
                }
            }
        }
    }
}
