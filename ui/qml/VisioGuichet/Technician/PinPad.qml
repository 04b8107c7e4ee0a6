// Ten digits, one to take back, one to try; what was typed is shown as dots elsewhere, never here.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

FocusScope {
    id: pad

    // As long as the longest PIN that the booth takes.
    readonly property int most: 12
    readonly property int count: pad.digits.length
    property string digits: ""

    signal entered(pin: string)

    function type(digit: string): void {
        if (pad.digits.length < pad.most)
            pad.digits += digit;
    }

    function takeBack(): void {
        pad.digits = pad.digits.slice(0, -1);
    }

    function tryIt(): void {
        if (pad.digits.length === 0)
            return;
        const pin = pad.digits;
        pad.digits = "";
        pad.entered(pin);
    }

    implicitWidth: grid.width
    implicitHeight: grid.height
    onEnabledChanged: pad.digits = ""
    // A keyboard's own digits; Enter tries when no key has the focus to press.
    Keys.onDigit0Pressed: pad.type("0")
    Keys.onDigit1Pressed: pad.type("1")
    Keys.onDigit2Pressed: pad.type("2")
    Keys.onDigit3Pressed: pad.type("3")
    Keys.onDigit4Pressed: pad.type("4")
    Keys.onDigit5Pressed: pad.type("5")
    Keys.onDigit6Pressed: pad.type("6")
    Keys.onDigit7Pressed: pad.type("7")
    Keys.onDigit8Pressed: pad.type("8")
    Keys.onDigit9Pressed: pad.type("9")
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) {
            pad.takeBack();
            event.accepted = true;
        }
    }

    Grid {
        id: grid

        columns: 3
        spacing: Theme.snug

        Repeater {
            model: 9

            PinKey {
                required property int index

                text: String(index + 1)
                onClicked: pad.type(text)
            }
        }

        PinKey {
            glyph: Glyphs.backspace
            text: qsTr("Erase")
            onClicked: pad.takeBack()
        }

        PinKey {
            text: "0"
            onClicked: pad.type(text)
        }

        PinKey {
            id: go

            focus: true
            main: true
            glyph: Glyphs.check
            text: qsTr("Confirm")
            onClicked: pad.tryIt()
        }
    }
}
