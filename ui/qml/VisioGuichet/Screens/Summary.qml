// What of the visit to take away: the resident chooses, then it is printed or shown as a code.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Codes
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property SummaryModel summary
    // Sheets of a document may still come out.
    required property bool documentPrints

    readonly property string way: screen.summary.way
    readonly property bool choosing: screen.way === "choosing"
    readonly property bool shown: screen.way === "shown"
    readonly property bool printed: screen.way === "printed"

    signal itemChosen(item: string, chosen: bool)
    signal printWanted
    signal codeWanted
    signal finished

    title: {
        switch (screen.way) {
        case "choosing":
            return qsTr("Choose what you take with you.");
        case "printing":
            return qsTr("Your summary is being printed…");
        case "printed":
            return qsTr("Take your summary.");
        case "print_unconfirmed":
            return qsTr("Look whether your summary has come out.");
        case "print_failed":
            return qsTr("Your summary did not come out.");
        default:
            return qsTr("Photograph this code with your telephone.");
        }
    }
    portraitTop: Theme.px(500)
    footerHeight: Theme.px(Theme.portrait ? 360 : 104)

    ArrowScroll {
        id: scroll

        anchors.fill: parent
        visible: screen.choosing

        Column {
            width: parent.width
            spacing: Theme.snug

            Repeater {
                model: screen.summary.lines as RowsModel

                CheckRow {
                    required property int index
                    required property string item

                    width: scroll.innerWidth
                    focus: index === 0
                    onClicked: screen.itemChosen(item, !chosen)
                }
            }
        }
    }

    Column {
        anchors.centerIn: parent
        width: parent.width
        visible: !screen.choosing && !screen.shown
        spacing: Theme.roomy

        BreathingRing {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.px(400)
            height: width
            breathing: screen.way === "printing"

            Pictogram {
                anchors.centerIn: parent
                size: Theme.px(160)
                glyph: screen.printed ? Glyphs.checkCircle : screen.way === "print_failed" ? Glyphs.warning : Glyphs.printer
                color: screen.printed ? Theme.green : Theme.teal
            }
        }

        Sentence {
            width: parent.width
            sentence: {
                switch (screen.way) {
                case "printed":
                    return qsTr("Do not forget it when you leave.");
                case "printing":
                    return qsTr("It takes a few seconds.");
                case "print_unconfirmed":
                    return qsTr("If it has not, take it on your telephone, or try to print it again.");
                default:
                    return qsTr("You can take it on your telephone, or try to print it again.");
                }
            }
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Item {
        anchors.fill: parent
        visible: screen.shown

        Rectangle {
            id: code

            x: Theme.portrait ? (parent.width - width) / 2 : 0
            width: Math.min(Theme.portrait ? parent.width : parent.width / 2, parent.height - (Theme.portrait ? how.height + Theme.wide : 0), Theme.px(760))
            height: width
            radius: Theme.corner
            color: Theme.white
            border.color: Theme.edge
            border.width: Theme.hair

            QrCode {
                anchors.fill: parent
                anchors.margins: Theme.snug
                text: screen.summary.qr
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("The summary as a code")
            }
        }

        Column {
            id: how

            x: Theme.portrait ? 0 : code.width + Theme.margin
            y: Theme.portrait ? code.height + Theme.wide : (parent.height - height) / 2
            width: parent.width - x
            spacing: Theme.gap

            Words {
                width: parent.width
                text: qsTr("Open your telephone's camera and hold it before the code.")
                font.pixelSize: Theme.heading
                font.bold: true
            }

            Words {
                width: parent.width
                text: qsTr("The code holds the summary itself: nothing goes over the internet.")
                font.pixelSize: Theme.button
            }
        }
    }

    footer: [
        Flow {
            anchors.left: parent.left
            width: parent.width - (Theme.portrait ? 0 : finish.width + Theme.gap)
            visible: screen.way !== "printing"
            spacing: Theme.gap

            ActionButton {
                width: Theme.portrait ? parent.width : implicitWidth
                visible: screen.summary.printPossible && !screen.printed
                enabled: screen.summary.anyChosen
                opacity: enabled ? 1 : 0.4
                kind: ActionButton.Kind.Quiet
                glyph: Glyphs.printer
                text: qsTr("Print")
                onClicked: screen.printWanted()
            }

            ActionButton {
                width: Theme.portrait ? parent.width : implicitWidth
                visible: !screen.shown
                enabled: screen.summary.anyChosen
                opacity: enabled ? 1 : 0.4
                kind: ActionButton.Kind.Quiet
                glyph: Glyphs.mobile
                text: qsTr("On my telephone")
                onClicked: screen.codeWanted()
            }
        },
        ActionButton {
            id: finish

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : implicitWidth
            focus: !screen.choosing
            glyph: Glyphs.check
            text: qsTr("Finish")
            onClicked: {
                if (question.printing)
                    question.asked = true;
                else
                    screen.finished();
            }
        }
    ]

    over: SheetsQuestion {
        id: question

        anchors.fill: parent
        printing: screen.way === "printing" || screen.documentPrints
        onConfirmed: screen.finished()
    }
}
