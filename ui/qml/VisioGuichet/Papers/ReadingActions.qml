// What can be done with a document of the agent's.
import QtQuick
import VisioGuichet.Models
import VisioGuichet.Theme

Grid {
    id: actions

    required property PapersModel papers
    required property PapersTouches touches
    required property real cell

    signal printWanted

    function begin(): void {
        first.forceActiveFocus();
    }

    spacing: Theme.snug

    PanelButton {
        id: first

        width: actions.cell
        visible: actions.papers.printPossible
        focus: true
        quiet: false
        glyph: Glyphs.printer
        text: qsTr("Print")
        onClicked: actions.printWanted()
    }

    PanelButton {
        width: actions.cell
        visible: actions.papers.takeAwayPossible
        focus: !actions.papers.printPossible
        quiet: actions.papers.printPossible
        glyph: Glyphs.mobile
        text: qsTr("Take it away on my telephone")
        onClicked: actions.touches.takeAway()
    }

    PanelButton {
        width: actions.cell
        glyph: Glyphs.trash
        text: qsTr("I do not want it")
        onClicked: actions.touches.refuse()
    }

    PanelButton {
        width: actions.cell
        glyph: Glyphs.arrowLeft
        text: qsTr("Back")
        onClicked: actions.touches.close()
    }
}
