// The appointment that was made, with its code to keep: on paper, on a photograph, or noted down.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Codes
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property AppointmentModel booked

    signal printWanted
    signal finished

    title: qsTr("Your appointment is made.")
    portraitTop: Theme.px(330)
    footerHeight: Theme.px(Theme.portrait ? 232 : 104)

    ArrowScroll {
        width: Theme.portrait ? parent.width : parent.width - pass.width - Theme.margin
        height: Theme.portrait ? parent.height - pass.height - Theme.wide : parent.height

        Column {
            width: parent.width
            spacing: Theme.wide

            AppointmentLines {
                width: parent.width
                appointment: screen.booked
            }

            Notice {
                width: parent.width
                glyph: screen.booked.ticket === "printed" ? Glyphs.checkCircle : screen.booked.ticket === "failed" ? Glyphs.warning : screen.booked.ticket === "printing" || screen.booked.ticket === "unconfirmed" ? Glyphs.printer : Glyphs.ticket
                tint: screen.booked.ticket === "printed" ? Theme.green : Theme.ink
                text: {
                    switch (screen.booked.ticket) {
                    case "printing":
                        return qsTr("Your ticket is being printed…");
                    case "printed":
                        return qsTr("Take your ticket. Bring it with you on the day.");
                    case "unconfirmed":
                        return qsTr("Look whether your ticket has come out. If not, photograph the code, or note it down.");
                    case "failed":
                        return qsTr("The ticket did not come out. Photograph the code, or note it down.");
                    default:
                        return qsTr("Photograph the code, or note it down. Bring it with you on the day.");
                    }
                }
            }

            Notice {
                width: parent.width
                visible: screen.booked.canLink
                glyph: Glyphs.identificationCard
                text: qsTr("No ticket wanted? Hold any card of yours to the card reader: it will find this appointment again.")
            }

            Notice {
                width: parent.width
                visible: screen.booked.cardLinked
                glyph: Glyphs.checkCircle
                tint: Theme.green
                text: qsTr("Your card will find this appointment again.")
            }
        }
    }

    Rectangle {
        id: pass

        anchors.right: parent.right
        anchors.bottom: Theme.portrait ? parent.bottom : undefined
        width: Theme.portrait ? parent.width : Theme.px(560)
        height: Theme.portrait ? Theme.px(420) : parent.height
        radius: Theme.corner
        color: Theme.white
        border.color: Theme.edge
        border.width: Theme.hair

        QrCode {
            id: code

            x: Theme.portrait ? Theme.gap : (parent.width - width) / 2
            y: Theme.portrait ? (parent.height - height) / 2 : Theme.gap
            width: Theme.portrait ? parent.height - 2 * Theme.gap : Math.min(parent.width - 2 * Theme.gap, parent.height - digits.height - 3 * Theme.gap)
            height: width
            text: screen.booked.qr
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("The code of your ticket, to photograph")
        }

        Column {
            id: digits

            x: Theme.portrait ? code.x + code.width + Theme.gap : Theme.gap
            y: Theme.portrait ? (parent.height - height) / 2 : parent.height - height - Theme.gap
            width: parent.width - x - Theme.gap

            Words {
                width: parent.width
                text: qsTr("Your code")
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                text: screen.booked.code
                font.pixelSize: Theme.number
                font.bold: true
                lineHeight: 1
                wrapMode: Text.NoWrap
                horizontalAlignment: Text.AlignHCenter
                Accessible.name: qsTr("Your code: %1").arg(screen.booked.code)
            }
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            width: Theme.portrait ? parent.width : implicitWidth
            visible: ["printed", "unconfirmed", "failed"].indexOf(screen.booked.ticket) >= 0
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.printer
            text: screen.booked.ticket === "failed" ? qsTr("Try to print again") : qsTr("Print again")
            onClicked: screen.printWanted()
        },
        ActionButton {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : implicitWidth
            focus: true
            glyph: Glyphs.check
            text: qsTr("Finish")
            onClicked: screen.finished()
        }
    ]
}
