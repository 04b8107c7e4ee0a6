// How things stand at an agency, put into words and a sign: the same wherever it is shown.
import QtQuick
import VisioGuichet.Theme

QtObject {
    id: condition

    // A value of TileState.
    required property string availability
    required property int waiting
    required property string opens

    readonly property bool open: availability === "available"
    // Slate is for paper and white alone: on the mist of a closed tile it falls below 7:1.
    readonly property bool closed: availability === "closed" || availability === "unreachable"
    readonly property color quiet: closed ? Theme.ink : Theme.slate
    readonly property string words: {
        switch (condition.availability) {
        case "available":
            return qsTr("An agent can answer you");
        case "busy":
            return condition.waiting > 0 ? qsTr("%n people are waiting", "", condition.waiting) : qsTr("The agents are busy");
        case "expected":
            return qsTr("No agent at the moment");
        case "unreachable":
            return qsTr("Cannot be reached for now");
        default:
            return condition.opens.length > 0 ? qsTr("Opens %1").arg(condition.opens) : qsTr("Closed");
        }
    }
    readonly property string glyph: {
        switch (condition.availability) {
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
}
