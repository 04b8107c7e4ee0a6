// Names and values, one pair per line.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Column {
    id: table

    required property RowsModel figures

    spacing: Theme.tight

    Repeater {
        model: table.figures

        Item {
            id: line

            required property string name
            required property string value

            width: table.width
            height: Math.max(what.height, much.height) + Theme.tight
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1: %2").arg(line.name).arg(line.value)

            Words {
                id: what

                width: parent.width * 0.48
                text: line.name
                color: Theme.slate
                font.pixelSize: Theme.secondary
                lineHeight: 1
                Accessible.ignored: true
            }

            Words {
                id: much

                x: parent.width - width
                width: parent.width * 0.48
                text: line.value
                font.pixelSize: Theme.secondary
                font.bold: true
                lineHeight: 1
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            Rectangle {
                y: parent.height - height
                width: parent.width
                height: Theme.hair
                color: Theme.mistPressed
            }
        }
    }
}
