// The page that was taken, large: nothing goes to the agent before the resident keeps it.
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

    trouble: step.papers.trouble
    title: qsTr("Can you read the page well?")
    alone: sheet.large

    DocumentPage {
        id: sheet

        anchors.fill: parent
        paperView: step.paperView
        expected: step.papers.pictureAspect
        describes: qsTr("The page that was taken")
    }

    beside: [
        Words {
            width: parent.width
            text: qsTr("If you keep it, it goes to the agent.")
        },
        SentPages {
            width: parent.width
            papers: step.papers
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                focus: true
                quiet: false
                glyph: Glyphs.check
                text: qsTr("Keep it")
                onClicked: step.touches.keep()
            }

            PanelButton {
                width: step.cell
                glyph: Glyphs.again
                text: qsTr("Take it again")
                onClicked: step.touches.retake()
            }

            PanelButton {
                width: step.cell
                glyph: Glyphs.trash
                text: qsTr("Throw it away")
                onClicked: step.touches.drop()
            }
        }
    ]
}
