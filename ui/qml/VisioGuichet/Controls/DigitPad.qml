// Ten digits, one key to take back, and one that ends: it keeps nothing of what was typed.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

FocusScope {
    id: pad

    // Where the last digit ends by itself, no key has to.
    property bool ends: true
    property int keyHeight: Theme.pinKey

    signal typed(digit: string)
    signal takenBack
    signal ended

    implicitWidth: grid.width
    implicitHeight: grid.height
    // A keyboard's own digits; Enter is the focused key's.
    Keys.onPressed: event => {
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            pad.typed(String(event.key - Qt.Key_0));
        else if (event.key === Qt.Key_Backspace)
            pad.takenBack();
        else
            return;
        event.accepted = true;
    }

    Grid {
        id: grid

        columns: 3
        spacing: Theme.snug

        Repeater {
            model: 9

            PadKey {
                required property int index

                implicitHeight: pad.keyHeight
                focus: index === 0 && !pad.ends
                text: String(index + 1)
                onClicked: pad.typed(text)
            }
        }

        PadKey {
            implicitHeight: pad.keyHeight
            glyph: Glyphs.backspace
            text: qsTr("Erase")
            onClicked: pad.takenBack()
        }

        PadKey {
            implicitHeight: pad.keyHeight
            text: "0"
            onClicked: pad.typed(text)
        }

        PadKey {
            implicitHeight: pad.keyHeight
            visible: pad.ends
            focus: pad.ends
            main: true
            glyph: Glyphs.check
            text: qsTr("Confirm")
            onClicked: pad.ended()
        }
    }
}
