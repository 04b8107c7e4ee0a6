// The inside of an agency's tile as a row: portrait, one service per line.
import QtQuick
import VisioGuichet.Theme

Item {
    id: row

    required property string name
    required property string fullName
    required property string monogram
    required property color tint
    required property AgencyCondition condition

    AgencyDisc {
        id: disc

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.tileDisc
        monogram: row.monogram
        tint: row.tint
    }

    Item {
        id: names

        // Both texts have a fixed place; what they really fill of it is put in the middle.
        readonly property real filled: shortName.contentHeight + inFull.contentHeight

        x: disc.width + Theme.px(20)
        y: (row.height - filled) / 2 - (shortName.height - shortName.contentHeight)
        width: (row.width - x) * 0.53
        height: row.height

        FittedWords {
            id: shortName

            width: parent.width
            height: row.height * 0.41
            text: row.name
            font.pixelSize: Theme.button
            font.bold: true
            verticalAlignment: Text.AlignBottom
            Accessible.ignored: true
        }

        FittedWords {
            id: inFull

            y: shortName.height
            width: parent.width
            height: row.height - y
            text: row.fullName
            color: row.condition.quiet
            font.pixelSize: Theme.secondary
            Accessible.ignored: true
        }
    }

    StateLine {
        x: row.width - width
        width: row.width - names.x - names.width - Theme.gap
        height: row.height
        centred: true
        condition: row.condition
    }
}
