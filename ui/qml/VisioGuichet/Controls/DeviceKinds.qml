// Every kind of device by a sign and a word; one that this file does not know keeps its own name.
pragma Singleton

import QtQuick
import VisioGuichet.Theme

QtObject {
    function words(kind: string): string {
        switch (kind) {
        case "camera":
            return qsTr("camera");
        case "microphone":
            return qsTr("microphone");
        case "loudspeaker":
            return qsTr("loudspeaker");
        case "handset":
            return qsTr("handset");
        case "document_camera":
            return qsTr("document camera");
        case "document_printer":
            return qsTr("document printer");
        case "ticket_printer":
            return qsTr("ticket printer");
        case "card_reader":
            return qsTr("card reader");
        case "code_reader":
            return qsTr("code reader");
        case "screen":
            return qsTr("screen");
        default:
            return kind;
        }
    }

    function glyph(kind: string): string {
        switch (kind) {
        case "camera":
            return Glyphs.videoCamera;
        case "microphone":
            return Glyphs.microphone;
        case "loudspeaker":
            return Glyphs.speakerHigh;
        case "handset":
            return Glyphs.phone;
        case "document_camera":
            return Glyphs.fileText;
        case "document_printer":
            return Glyphs.printer;
        case "ticket_printer":
            return Glyphs.receipt;
        case "card_reader":
            return Glyphs.identificationCard;
        case "code_reader":
            return Glyphs.qrCode;
        case "screen":
            return Glyphs.monitor;
        default:
            return Glyphs.wrench;
        }
    }
}
