// How often to print: once more after a first time is asked apart, so that nothing prints twice unmeant.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Column {
    id: choice

    // It came out of the printer before.
    required property bool printed
    required property real cell
    required property int across

    property bool again: false

    signal chosen(copies: int)
    signal leaveWanted

    spacing: Theme.snug

    Words {
        width: parent.width
        text: choice.printed && !choice.again ? qsTr("This document is printed already. Print it again?") : qsTr("How many copies?")
        font.pixelSize: Theme.button
        font.bold: true
    }

    Grid {
        columns: choice.across
        spacing: Theme.snug

        PanelButton {
            width: choice.cell
            visible: choice.printed && !choice.again
            focus: visible
            glyph: Glyphs.printer
            text: qsTr("Yes, print again")
            onClicked: {
                choice.again = true;
                counts.itemAt(0).forceActiveFocus();
            }
        }

        Repeater {
            id: counts

            model: 3

            PanelButton {
                required property int index

                width: choice.cell
                visible: !choice.printed || choice.again
                focus: index === 0 && visible
                quiet: false
                glyph: Glyphs.printer
                text: qsTr("%n copies", "", index + 1)
                onClicked: choice.chosen(index + 1)
            }
        }

        PanelButton {
            width: choice.cell
            glyph: Glyphs.arrowLeft
            text: qsTr("Do not print")
            onClicked: choice.leaveWanted()
        }
    }
}
