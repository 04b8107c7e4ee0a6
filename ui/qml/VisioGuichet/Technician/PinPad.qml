// Where the PIN is typed; what was typed is shown as dots elsewhere, never here.
import QtQuick
import VisioGuichet.Controls

DigitPad {
    id: pad

    // As long as the longest PIN that the booth takes.
    readonly property int most: 12
    readonly property int count: pad.digits.length
    property string digits: ""

    signal entered(pin: string)

    onEnabledChanged: pad.digits = ""
    onTyped: digit => {
        if (pad.digits.length < pad.most)
            pad.digits += digit;
    }
    onTakenBack: pad.digits = pad.digits.slice(0, -1)
    onEnded: {
        if (pad.digits.length === 0)
            return;
        const pin = pad.digits;
        pad.digits = "";
        pad.entered(pin);
    }
}
