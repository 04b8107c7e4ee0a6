// The readiness report: the verdict, the facts under it, and the same for the technician's phone.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Codes
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RoomFrame {
    id: room

    readonly property ReportModel report: room.technician.report as ReportModel

    signal printWanted
    signal again
    signal leaveWanted

    title: room.report.made ? room.report.verdict : qsTr("The report is being made…")
    over: qsTr("Report on the booth")
    portraitTop: Theme.px(260)

    BreathingRing {
        anchors.centerIn: parent
        visible: !room.report.made

        Pictogram {
            anchors.centerIn: parent
            size: Theme.huge
            glyph: Glyphs.fileText
            color: Theme.teal
        }
    }

    Item {
        anchors.fill: parent
        visible: room.report.made

        ScrollArea {
            id: told

            width: Theme.portrait || code.empty ? parent.width : parent.width - beside.width - Theme.margin
            height: Theme.portrait && !code.empty ? parent.height - beside.height - Theme.wide : parent.height

            Column {
                width: parent.width
                spacing: Theme.gap

                ReadySign {
                    ready: room.report.ready
                }

                Figures {
                    width: parent.width
                    figures: room.report.facts as RowsModel
                }

                Words {
                    width: parent.width
                    visible: room.report.crashes.length > 0
                    text: qsTr("Last crashes")
                    font.pixelSize: Theme.secondary
                    font.bold: true
                }

                Repeater {
                    model: room.report.crashes

                    Words {
                        required property string modelData

                        width: parent.width
                        text: modelData
                        font.pixelSize: Theme.small
                        wrapMode: Text.Wrap
                    }
                }
            }
        }

        Column {
            id: beside

            x: Theme.portrait ? (parent.width - width) / 2 : parent.width - width
            y: Theme.portrait ? parent.height - height : 0
            width: code.width
            visible: !code.empty
            spacing: Theme.tight

            QrCode {
                id: code

                // Two lines of words below it fit in what is left.
                width: Math.min(Theme.qrSide, room.bodyHeight - Theme.px(80))
                height: width
                text: room.report.qr
                Accessible.role: Accessible.Graphic
                Accessible.name: caption.text
            }

            Words {
                id: caption

                width: parent.width
                text: qsTr("The summary, for your telephone")
                font.pixelSize: Theme.small
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    back: ToolButton {
        focus: !room.report.made
        glyph: Glyphs.arrowLeft
        text: qsTr("Devices")
        onClicked: room.leaveWanted()
    }

    ways: [
        ToolButton {
            visible: room.report.made
            focus: visible
            kind: ActionButton.Kind.Main
            glyph: Glyphs.printer
            text: qsTr("Print")
            onClicked: room.printWanted()
        },
        ToolButton {
            visible: room.report.made
            glyph: Glyphs.renew
            text: qsTr("Start again")
            onClicked: room.again()
        }
    ]
}
