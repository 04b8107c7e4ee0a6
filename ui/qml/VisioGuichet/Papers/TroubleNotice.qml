// What is the matter with papers, and what to do instead.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Notice {
    id: notice

    // A value of `PapersTrouble`.
    required property string trouble

    visible: notice.text.length > 0
    glyph: Glyphs.warning
    text: {
        switch (notice.trouble) {
        case "no_camera":
            return qsTr("There is no document camera. Hold your paper up to the camera of the call: the agent reads it with you.");
        case "camera_lost":
            return qsTr("The document camera no longer answers. Your pages are kept. Hold the others up to the camera of the call.");
        case "too_many_pages":
            return qsTr("That is as many pages as a visit can hold. Ask the agent about the others.");
        case "no_printer":
            return qsTr("The printer does not work. Take the document away on your telephone, or ask for it by post.");
        case "another_prints":
            return qsTr("Another document is at the printer. Wait for it, or open it again to stop it.");
        case "document_refused":
            return qsTr("The agent's document cannot be shown. The agent knows and can send it another way.");
        case "code_failed":
            return qsTr("The code could not be made. Print the document, or ask for it by post.");
        default:
            return "";
        }
    }
}
