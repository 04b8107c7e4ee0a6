// A document of the agent's, page by page in large: print it, take it away, or refuse it.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches
    required property Component paperView

    property bool choosing: false

    alone: sheet.large

    trouble: !step.papers.printPossible && step.papers.trouble === "none" ? "no_printer" : step.papers.trouble
    title: step.papers.documentPages > 1 ? qsTr("Page %1 of %2").arg(step.papers.page).arg(step.papers.documentPages) : qsTr("The agent's document")

    Connections {
        target: step.papers

        function onChanged(): void {
            if (sheet.shown !== step.papers.page) {
                sheet.shown = step.papers.page;
                sheet.toTop();
            }
        }
    }

    DocumentPage {
        id: sheet

        property int shown: 1

        anchors.fill: parent
        paperView: step.paperView
        expected: step.papers.pictureAspect
        describes: qsTr("Page %1 of the document").arg(step.papers.page)
        number: step.papers.page
        pages: step.papers.documentPages
        onPageWanted: number => step.touches.showPage(number)
    }

    beside: [
        FittedWords {
            width: parent.width
            height: Math.min(implicitHeight, Theme.px(84))
            text: step.papers.documentName
            color: Theme.slate
            font.pixelSize: Theme.secondary
            wrapMode: Text.Wrap
        },
        Grid {
            visible: step.papers.documentPages > 1 && !step.choosing
            columns: 2
            spacing: Theme.snug

            PanelButton {
                width: (step.cell * (step.stacked ? 2 : 1) + (step.stacked ? Theme.snug : 0) - Theme.snug) / 2
                enabled: step.papers.page > 1
                glyph: Glyphs.caretLeft
                text: qsTr("Before")
                Accessible.name: qsTr("Page before")
                onClicked: step.touches.showPage(step.papers.page - 1)
            }

            PanelButton {
                width: (step.cell * (step.stacked ? 2 : 1) + (step.stacked ? Theme.snug : 0) - Theme.snug) / 2
                enabled: step.papers.page < step.papers.documentPages
                glyph: Glyphs.caretRight
                text: qsTr("Next")
                Accessible.name: qsTr("Next page")
                onClicked: step.touches.showPage(step.papers.page + 1)
            }
        },
        ReadingActions {
            id: actions

            visible: !step.choosing
            columns: step.stacked ? 2 : 1
            papers: step.papers
            touches: step.touches
            cell: step.cell
            onPrintWanted: step.choosing = true
        },
        Loader {
            id: copies

            width: parent.width
            active: step.choosing
            visible: active
            onLoaded: copies.forceActiveFocus()
            sourceComponent: CopiesChoice {
                printed: step.papers.documentPrinted
                cell: step.cell
                across: step.stacked ? 2 : 1
                onChosen: copies => step.touches.print(copies)
                onLeaveWanted: {
                    step.choosing = false;
                    actions.begin();
                }
            }
        }
    ]
}
