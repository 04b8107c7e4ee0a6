// A print job, followed to its true end; what the printer waits for is said with who can help.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches

    readonly property PrintModel job: step.papers.printing as PrintModel
    readonly property bool done: step.job.state === "completed"
    readonly property bool ended: ["completed", "canceled", "aborted", "unknown"].indexOf(step.job.state) >= 0

    title: {
        switch (step.job.state) {
        case "sending":
            return qsTr("The document is on its way to the printer.");
        case "pending":
            return qsTr("The printer is about to begin.");
        case "processing":
            return qsTr("It is being printed.");
        case "processing-stopped":
            return qsTr("The printer is waiting.");
        case "completed":
            return qsTr("It is printed. Take your sheets.");
        case "canceled":
            return qsTr("Printing has been stopped.");
        case "aborted":
            return qsTr("It could not be printed.");
        default:
            return qsTr("The printer no longer answers. Look whether your sheets have come out.");
        }
    }

    PanelSign {
        anchors.fill: parent
        glyph: step.done ? Glyphs.checkCircle : step.ended || step.job.state === "processing-stopped" ? Glyphs.warning : Glyphs.printer
        tint: step.done ? Theme.green : step.ended ? Theme.brick : Theme.teal
        words: step.job.pages > 0 && !step.done ? qsTr("%1 of %n pages have come out", "", step.job.pages).arg(step.job.pagesPrinted) : ""
    }

    beside: [
        Notice {
            width: parent.width
            visible: step.job.said.length > 0 && !step.done
            glyph: Glyphs.printer
            text: step.job.said
        },
        Words {
            width: parent.width
            visible: (step.job.state === "aborted" || step.job.state === "unknown") && !step.papers.takeAwayPossible
            text: qsTr("You can ask the agent to send it by post.")
        },
        Words {
            width: parent.width
            visible: !step.ended
            text: qsTr("You can go on talking meanwhile.")
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                focus: true
                quiet: false
                glyph: Glyphs.arrowLeft
                text: qsTr("Back")
                onClicked: step.touches.close()
            }

            PanelButton {
                width: step.cell
                visible: !step.ended
                glyph: Glyphs.stop
                text: qsTr("Stop printing")
                onClicked: step.touches.cancelPrint()
            }

            PanelButton {
                width: step.cell
                visible: step.ended && !step.done && step.papers.takeAwayPossible
                glyph: Glyphs.mobile
                text: qsTr("Take it away on my telephone")
                onClicked: step.touches.takeAway()
            }
        }
    ]
}
