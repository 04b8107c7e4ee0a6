// After a call: by whom it ended, how long it was, what became of the papers, and the way on.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RingScreen {
    id: screen

    required property EndedModel ended

    readonly property bool happened: screen.ended.durationSeconds >= 0
    readonly property bool troubled: screen.ended.reason === "timeout" || screen.ended.reason === "fault"
    // Whoever did not come to talk has nothing to take away, and may come again.
    readonly property bool again: screen.troubled || !screen.happened
    readonly property bool printing: screen.ended.printing
    readonly property string cause: {
        switch (screen.ended.reason) {
        case "resident":
            return qsTr("You hung up.");
        case "agent":
            return qsTr("The agent hung up.");
        case "timeout":
            return screen.happened ? qsTr("The connection was lost and did not come back.") : qsTr("The connection with the agent could not be made.");
        default:
            return qsTr("Something in the booth failed. It is not your fault.");
        }
    }

    readonly property list<string> fates: [
        screen.ended.pagesSent > 0 ? qsTr("The agent has received %n pages of yours.", "", screen.ended.pagesSent) : "",
        screen.ended.pagesNotSent > 0 ? qsTr("%n pages did not reach the agent.", "", screen.ended.pagesNotSent) : "",
        screen.ended.documentsPrinted > 0 ? qsTr("%n documents were printed: take them with you.", "", screen.ended.documentsPrinted) : "",
        screen.ended.documentsTaken > 0 ? qsTr("%n documents are on your telephone.", "", screen.ended.documentsTaken) : ""
    ].filter(fate => fate.length > 0)

    // Much to say beside the ring: what became of the papers matters more than how long the call was.
    readonly property bool brief: !Theme.portrait && !screen.printing && screen.fates.length > (screen.again ? 0 : 2)

    signal summaryWanted
    signal bookingWanted
    signal finished

    title: screen.happened ? qsTr("The call is over.") : qsTr("The call could not be made.")

    besideSpacing: screen.brief ? Theme.px(12) : Theme.gap
    ring: CountdownRing {
        anchors.fill: parent
        anchors.margins: Theme.wide

        NumberAnimation on remaining {
            from: 1
            to: 0
            paused: running && screen.printing
            duration: screen.ended.homeInSeconds * 1000
        }

        Column {
            anchors.centerIn: parent
            width: parent.width * 0.72
            spacing: Theme.snug

            Pictogram {
                anchors.horizontalCenter: parent.horizontalCenter
                size: Theme.px(150)
                glyph: screen.printing ? Glyphs.printer : Glyphs.shieldCheck
                color: Theme.teal
            }

            Words {
                width: parent.width
                text: {
                    if (!screen.printing)
                        return qsTr("Everything will be erased");
                    if (screen.ended.pagesToPrint < 1)
                        return qsTr("It is being printed");
                    return qsTr("%1 of %n pages", "", screen.ended.pagesToPrint).arg(screen.ended.pagesPrinted);
                }
                font.pixelSize: Theme.button
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    beside: [
        Words {
            width: parent.width
            text: screen.cause
            font.pixelSize: screen.brief ? Theme.button : Theme.heading
            font.bold: true
        },
        Words {
            readonly property int minutes: Math.round(screen.ended.durationSeconds / 60)

            width: parent.width
            visible: screen.happened && !screen.printing && !screen.brief
            text: minutes < 1 ? qsTr("The call lasted less than a minute.") : qsTr("The call lasted %n minutes.", "", minutes)
            font.pixelSize: Theme.button
        },
        Repeater {
            // Told once the last sheet is there: it is one of them.
            model: screen.printing ? [] : screen.fates

            Words {
                required property string modelData

                width: screen.besideWidth
                text: modelData
                font.pixelSize: screen.brief ? Theme.body : Theme.button
            }
        },
        Words {
            width: parent.width
            visible: screen.again
            text: qsTr("You can choose the service again.")
            font.pixelSize: screen.brief ? Theme.body : Theme.button
        },
        Notice {
            width: parent.width
            visible: screen.printing
            glyph: Glyphs.printer
            text: screen.ended.printerSaid || qsTr("Your document is being printed. Wait for your sheets, a minute at most.")
        },
        Words {
            width: parent.width
            // Elsewhere the ring says it.
            visible: !screen.printing && Theme.portrait
            text: qsTr("Nothing of your visit will stay here.")
            font.pixelSize: Theme.button
        }
    ]

    footerHeight: Theme.px(Theme.portrait ? 232 : 104)
    footer: [
        ActionButton {
            anchors.left: parent.left
            width: Theme.portrait ? parent.width : implicitWidth
            kind: ActionButton.Kind.Quiet
            glyph: screen.again ? Glyphs.calendarPlus : Glyphs.receipt
            text: screen.again ? qsTr("Make an appointment") : qsTr("Take a summary with me")
            onClicked: screen.again ? screen.bookingWanted() : screen.summaryWanted()
        },
        ActionButton {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : implicitWidth
            focus: true
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
        printing: screen.printing
        onConfirmed: screen.finished()
    }
}
