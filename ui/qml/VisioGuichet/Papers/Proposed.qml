// The agent asks for a paper: the resident says yes or no.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches

    title: qsTr("The agent asks you for a paper.")

    PanelSign {
        anchors.fill: parent
        glyph: Glyphs.files
    }

    beside: [
        Words {
            width: parent.width
            text: qsTr("You lay it under the camera. You see each page before it goes.")
        },
        TroubleNotice {
            width: parent.width
            trouble: step.papers.trouble
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                height: Theme.px(128)
                focus: true
                quiet: false
                glyph: Glyphs.check
                text: qsTr("Yes, show a paper")
                onClicked: step.touches.scan()
            }

            PanelButton {
                width: step.cell
                height: Theme.px(128)
                glyph: Glyphs.cross
                text: qsTr("No")
                onClicked: step.touches.decline()
            }
        }
    ]
}
