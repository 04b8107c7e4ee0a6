// The inside of an agency's tile as a card: landscape, three or four side by side.
import QtQuick
import VisioGuichet.Theme

Item {
    id: card

    required property string name
    required property string fullName
    required property string monogram
    required property color tint
    required property AgencyCondition condition

    AgencyDisc {
        id: disc

        width: Theme.tileDisc
        monogram: card.monogram
        tint: card.tint
    }

    FittedWords {
        x: disc.width + Theme.px(20)
        width: card.width - x
        height: disc.height
        text: card.name
        font.pixelSize: Theme.button
        font.bold: true
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    FittedWords {
        y: disc.height + Theme.tight
        width: card.width
        height: Math.max(0, stateLine.y - y)
        // A third row of cards leaves no room for it: better none than half of one.
        visible: height >= Theme.small * 1.3
        text: card.fullName
        color: card.condition.quiet
        font.pixelSize: Theme.secondary
        Accessible.ignored: true
    }

    StateLine {
        id: stateLine

        y: card.height - height
        width: card.width
        condition: card.condition
    }
}
