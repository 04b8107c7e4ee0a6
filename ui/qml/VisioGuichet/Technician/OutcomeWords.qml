// How a step stands, put into a sign, a word and a colour: the same in every list.
import QtQuick
import VisioGuichet.Theme

QtObject {
    id: outcome

    // A value of Outcome; empty for a device that was never tested.
    required property string value

    readonly property string glyph: {
        switch (outcome.value) {
        case "running":
            return Glyphs.hourglass;
        case "success":
            return Glyphs.checkCircle;
        case "failed":
            return Glyphs.xCircle;
        case "skipped":
            return Glyphs.skipForward;
        case "aborted":
            return Glyphs.prohibit;
        default:
            return Glyphs.circle;
        }
    }
    readonly property string words: {
        switch (outcome.value) {
        case "pending":
            return qsTr("To do");
        case "running":
            return qsTr("Running");
        case "success":
            return qsTr("Passed");
        case "failed":
            return qsTr("Failed");
        case "skipped":
            return qsTr("Not applicable");
        case "aborted":
            return qsTr("Interrupted");
        default:
            return "";
        }
    }
    readonly property color colour: outcome.value === "success" ? Theme.green : outcome.value === "failed" ? Theme.brick : outcome.value === "running" ? Theme.ink : Theme.slate
}
