// A telephone number, on large keys: what was typed stands above them in pairs.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: number

    property bool wrong: false
    property string digits: ""

    // Digits of the longest number (ITU-T E.164).
    readonly property int most: 15

    signal entered(digits: string)

    implicitWidth: pad.width
    implicitHeight: content.height

    Column {
        id: content

        width: parent.width
        spacing: Theme.gap

        Rectangle {
            width: parent.width
            height: Theme.px(116)
            radius: Theme.corner
            color: Theme.white
            border.color: number.wrong ? Theme.brick : Theme.slate
            border.width: Theme.line

            FittedWords {
                anchors.fill: parent
                anchors.leftMargin: Theme.gap
                anchors.rightMargin: Theme.gap
                text: number.digits.replace(/(..)(?=.)/g, "$1\u00a0")
                font.pixelSize: Theme.title
                font.bold: true
                wrapMode: Text.NoWrap
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                Accessible.name: number.digits.length > 0 ? qsTr("Typed: %1").arg(number.digits.split("").join(" ")) : qsTr("No digit typed yet")
            }
        }

        DigitPad {
            id: pad

            keyHeight: Theme.px(Theme.portrait ? 128 : 112)
            focus: true
            onTyped: digit => {
                if (number.digits.length < number.most)
                    number.digits += digit;
            }
            onTakenBack: number.digits = number.digits.slice(0, -1)
            onEnded: {
                if (number.digits.length > 0)
                    number.entered(number.digits);
            }
        }
    }
}
