// What an agency's tile says of it: a sign whose shape alone tells, and the words.
import QtQuick
import VisioGuichet.Theme

Item {
    id: line

    required property string availability
    required property int waiting
    required property string opens
    // In the middle of its place, or at the top of it.
    property bool centred: false

    readonly property string words: {
        switch (line.availability) {
        case "available":
            return qsTr("An agent can answer you");
        case "busy":
            return line.waiting > 0 ? qsTr("%n people are waiting", "", line.waiting) : qsTr("The agents are busy");
        case "expected":
            return qsTr("No agent at the moment");
        case "unreachable":
            return qsTr("Cannot be reached for now");
        default:
            return line.opens.length > 0 ? qsTr("Opens %1").arg(line.opens) : qsTr("Closed");
        }
    }
    readonly property bool open: line.availability === "available"

    implicitHeight: Theme.px(98)

    Pictogram {
        id: sign

        // On the first line of the words, wherever that is.
        y: said.y + (line.centred ? (said.height - said.contentHeight) / 2 : 0) + (first.height - height) / 2
        size: Theme.px(38)
        glyph: {
            switch (line.availability) {
            case "available":
                return Glyphs.circleFill;
            case "busy":
                return Glyphs.circleHalf;
            case "unreachable":
                return Glyphs.wifiSlash;
            default:
                return Glyphs.circle;
            }
        }
        color: line.open ? Theme.green : line.availability === "busy" ? Theme.ink : Theme.slate
    }

    FontMetrics {
        id: first

        font: said.font
    }

    FittedWords {
        id: said

        anchors.fill: parent
        anchors.leftMargin: sign.width + Theme.px(14)
        text: line.words
        color: line.open ? Theme.green : Theme.ink
        font.bold: line.open
        verticalAlignment: line.centred ? Text.AlignVCenter : Text.AlignTop
        Accessible.ignored: true
    }
}
