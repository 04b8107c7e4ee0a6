// A device's condition as a sign: what works, what does not, and what nobody knows.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Pictogram {
    id: sign

    // A value of DeviceState.
    required property string condition
    // Something is to be done about it: what is not meant to be there is not broken.
    required property bool wanted

    readonly property bool online: condition === "online" || condition === "deviceBusy"
    readonly property bool faulty: wanted && !online && condition !== "starting" && condition !== "unknown"

    size: Theme.sign
    glyph: sign.online ? Glyphs.checkCircle : sign.faulty ? Glyphs.warning : sign.condition === "starting" ? Glyphs.hourglass : sign.condition === "unknown" ? Glyphs.question : Glyphs.minus
    color: sign.online ? Theme.green : sign.faulty ? Theme.brick : Theme.slate
}
