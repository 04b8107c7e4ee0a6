// An appointment in words: when, with whom, about what, where.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Column {
    id: lines

    required property AppointmentModel appointment

    spacing: Theme.snug

    component Line: Row {
        id: line

        property string glyph: ""
        property string words: ""
        property bool main: false

        width: lines.width
        visible: line.words.length > 0
        spacing: Theme.gap

        Pictogram {
            y: (Theme.heading * 1.2 - height) / 2
            size: Theme.px(48)
            glyph: line.glyph
            color: Theme.teal
        }

        Words {
            width: line.width - Theme.px(48) - line.spacing
            text: line.words
            font.pixelSize: line.main ? Theme.heading : Theme.button
            font.bold: line.main
        }
    }

    Line {
        glyph: Glyphs.calendarCheck
        words: lines.appointment.when
        main: true
    }

    Line {
        glyph: Glyphs.user
        words: lines.appointment.agencyName
    }

    Line {
        glyph: Glyphs.question
        words: lines.appointment.subjectName
    }

    Line {
        glyph: Glyphs.mapPin
        words: lines.appointment.placeName
    }
}
