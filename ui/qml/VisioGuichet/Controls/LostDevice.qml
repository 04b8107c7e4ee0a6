// A device that does not work: one quiet line that says what, and the way round it.
import QtQuick
import VisioGuichet.Theme

Notice {
    id: line

    // A value of `DeviceKind`; nothing is said of devices that a resident does not miss.
    required property string device

    readonly property string words: {
        switch (line.device) {
        case "loudspeaker":
            return qsTr("The sound does not work: the agent can write to you.");
        case "microphone":
            return qsTr("The microphone does not work: you can write to the agent.");
        case "camera":
            return qsTr("The agent will not see you: the camera does not work. You can talk all the same.");
        case "document_printer":
            return qsTr("Printing is not available. The agent can send you the document by post.");
        case "document_camera":
            return qsTr("Papers cannot be scanned. Show them to the camera, or send them by post.");
        case "ticket_printer":
            return qsTr("Tickets cannot be printed. Note your appointment down: the agent can repeat it.");
        case "handset":
            return qsTr("The handset does not work: the sound comes from the loudspeaker.");
        default:
            return "";
        }
    }

    visible: words.length > 0
    glyph: Glyphs.warning
    text: words
}
