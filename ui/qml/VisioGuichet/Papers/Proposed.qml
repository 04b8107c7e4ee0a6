// The agent asks for a paper: the resident says yes or no.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches

    trouble: step.papers.trouble
    title: qsTr("The agent asks you for a paper.")

    PanelSign {
        anchors.fill: parent
        glyph: Glyphs.files
    }

    beside: [
        Words {
            width: parent.width
            visible: step.papers.scanPossible
            text: qsTr("You lay it under the camera. You see each page before it goes.")
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                height: Theme.px(128)
                visible: step.papers.scanPossible
                focus: visible
                quiet: false
                glyph: Glyphs.check
                text: qsTr("Yes, show a paper")
                onClicked: step.touches.scan()
            }

            PanelButton {
                width: step.cell
                height: Theme.px(128)
                focus: !step.papers.scanPossible
                glyph: step.papers.scanPossible ? Glyphs.cross : Glyphs.arrowLeft
                text: step.papers.scanPossible ? qsTr("No") : qsTr("Back")
                onClicked: step.touches.decline()
            }
        }
    ]
}
