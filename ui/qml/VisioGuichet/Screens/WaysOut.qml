// What can be done in the queue without losing the place, as equal buttons, and the way out of it.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: ways

    readonly property int columns: Theme.portrait ? 2 : 4
    readonly property real share: (width - (columns - 1) * grid.spacing) / columns
    readonly property real row: Theme.portrait ? (height - grid.spacing) / 2 : height

    signal papersWanted
    signal callBackWanted
    signal bookingWanted
    signal othersWanted

    Grid {
        id: grid

        columns: ways.columns
        spacing: Theme.gap

        ChoiceButton {
            width: ways.share
            height: ways.row
            focus: true
            glyph: Glyphs.fileText
            text: qsTr("Prepare my papers")
            onClicked: ways.papersWanted()
        }

        ChoiceButton {
            width: ways.share
            height: ways.row
            glyph: Glyphs.phoneCall
            text: qsTr("Be called back")
            onClicked: ways.callBackWanted()
        }

        ChoiceButton {
            width: ways.share
            height: ways.row
            glyph: Glyphs.calendarPlus
            text: qsTr("Make an appointment")
            onClicked: ways.bookingWanted()
        }

        ChoiceButton {
            width: ways.share
            height: ways.row
            glyph: Glyphs.arrowUUpLeft
            text: qsTr("Choose another service")
            onClicked: ways.othersWanted()
        }
    }
}
