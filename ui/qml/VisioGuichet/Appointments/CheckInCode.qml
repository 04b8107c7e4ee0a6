// How to say which appointment one comes for: the ticket before the camera, or its six digits.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

FocusScope {
    id: code

    required property CheckInModel checkIn
    required property Component selfView

    // As typed here: the booth's own answer comes a moment later.
    property string digits: ""

    readonly property int most: 6

    signal typed(digits: string)

    function put(digits: string): void {
        if (digits.length <= code.most && digits !== code.digits) {
            code.digits = digits;
            code.typed(digits);
        }
    }

    Connections {
        target: code.checkIn

        function onChanged(): void {
            code.digits = code.checkIn.digits;
        }
    }

    Component.onCompleted: code.digits = code.checkIn.digits

    Column {
        id: showing

        y: Theme.portrait ? 0 : Math.max(0, (parent.height - height) / 2)
        width: Theme.portrait ? parent.width : parent.width - typing.width - 2 * Theme.margin
        spacing: Theme.gap

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            height: Theme.px(Theme.portrait ? 260 : 280)
            spacing: Theme.wide

            TicketDrawing {
                width: Theme.px(Theme.portrait ? 440 : 380)
                height: parent.height
                moving: code.checkIn.reading
            }

            // What the camera sees: a ticket is held right at the first try.
            Rectangle {
                width: Math.min(showing.width - Theme.px(380) - Theme.wide, height * 16 / 9)
                height: parent.height
                visible: code.checkIn.reading
                radius: Theme.corner / 2
                color: Theme.ink
                clip: true

                Loader {
                    anchors.fill: parent
                    anchors.margins: Theme.line
                    active: code.checkIn.reading
                    sourceComponent: code.selfView
                }
            }
        }

        Sentence {
            width: parent.width
            sentence: code.checkIn.reading ? qsTr("Hold your ticket before the camera.") : qsTr("Tickets cannot be read here. Type the six digits.")
            font.pixelSize: Theme.heading
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
        }

        Words {
            width: parent.width
            visible: code.checkIn.cards
            text: qsTr("Or hold your card to the card reader.")
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Column {
        id: typing

        x: Theme.portrait ? (parent.width - width) / 2 : parent.width - width
        y: Theme.portrait ? parent.height - height : Math.max(0, (parent.height - height) / 2)
        width: pad.width
        spacing: Theme.snug

        Words {
            width: parent.width
            text: code.checkIn.reading ? qsTr("Or type the six digits:") : qsTr("The six digits:")
            horizontalAlignment: Text.AlignHCenter
        }

        DigitPlaces {
            anchors.horizontalCenter: parent.horizontalCenter
            digits: code.digits
        }

        DigitPad {
            id: pad

            keyHeight: Theme.px(Theme.portrait ? 128 : 112)
            focus: true
            ends: false
            onTyped: digit => code.put(code.digits + digit)
            onTakenBack: code.put(code.digits.slice(0, -1))
        }
    }
}
