// An agency's condition: a sign whose shape alone tells, and the words.
import QtQuick
import VisioGuichet.Theme

Item {
    id: line

    required property AgencyCondition condition
    // In the middle of its place, or at the top of it.
    property bool centred: false

    implicitHeight: Theme.px(98)

    FontMetrics {
        id: first

        font: said.font
    }

    Pictogram {
        id: sign

        // On the first line of the words, wherever that is.
        y: (line.centred ? (said.height - said.contentHeight) / 2 : 0) + (first.height - height) / 2
        size: Theme.px(38)
        glyph: line.condition.glyph
        color: line.condition.open ? Theme.green : line.condition.availability === "busy" ? Theme.ink : line.condition.quiet
    }

    FittedWords {
        id: said

        anchors.fill: parent
        anchors.leftMargin: sign.width + Theme.px(14)
        text: line.condition.words
        color: line.condition.open ? Theme.green : Theme.ink
        font.bold: line.condition.open
        verticalAlignment: line.centred ? Text.AlignVCenter : Text.AlignTop
        Accessible.ignored: true
    }
}
