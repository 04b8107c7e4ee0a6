// A day of the row, and one of its hours; or why there is none.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Item {
    id: step

    required property BookingModel booking

    readonly property RowsModel dayRows: step.booking.days as RowsModel
    readonly property RowsModel hourRows: step.booking.hours as RowsModel
    readonly property bool any: step.dayRows.count > 0
    readonly property int columns: Theme.portrait ? 3 : 5
    readonly property string news: {
        if (step.booking.busy)
            return qsTr("One moment: the service is being asked…");
        if (step.booking.unreachable)
            return qsTr("The service does not answer. Nothing has been booked.");
        if (step.booking.taken)
            return qsTr("Somebody else was quicker. Please choose another hour.");
        if (step.booking.moving)
            return qsTr("Your present appointment is kept until you have another one.");
        return "";
    }

    signal dayChosen(key: string)
    signal hourChosen(key: string)

    Notice {
        id: notice

        width: parent.width
        visible: step.any && step.news.length > 0
        glyph: step.booking.busy ? Glyphs.hourglass : step.booking.unreachable ? Glyphs.wifiSlash : step.booking.taken ? Glyphs.warning : Glyphs.calendarCheck
        text: step.news
    }

    DayRow {
        id: row

        y: notice.visible ? notice.height + Theme.gap : 0
        width: parent.width
        visible: step.any
        enabled: !step.booking.busy
        days: step.dayRows
        onChosen: key => step.dayChosen(key)
    }

    ArrowScroll {
        id: scroll

        y: row.y + row.height + Theme.wide
        width: parent.width
        height: parent.height - y
        visible: step.any
        enabled: !step.booking.busy
        opacity: enabled ? 1 : 0.5

        Grid {
            columns: step.columns
            spacing: Theme.gap

            Repeater {
                model: step.hourRows

                ChoiceButton {
                    required property int index
                    required property string key
                    required property string title

                    required chosen

                    width: Math.floor((scroll.innerWidth - (step.columns - 1) * Theme.gap) / step.columns)
                    height: Theme.px(108)
                    focus: index === 0
                    text: title
                    onClicked: step.hourChosen(key)
                }
            }
        }
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width, Theme.px(1200))
        visible: !step.any
        spacing: Theme.wide

        BreathingRing {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.px(340)
            height: width
            breathing: step.booking.busy

            Pictogram {
                anchors.centerIn: parent
                size: Theme.huge
                glyph: step.booking.busy ? Glyphs.hourglass : step.booking.unreachable ? Glyphs.wifiSlash : Glyphs.calendarX
                color: Theme.teal
            }
        }

        Sentence {
            width: parent.width
            sentence: {
                if (step.booking.busy)
                    return qsTr("We are asking which hours are free.");
                if (step.booking.unreachable)
                    return qsTr("Nothing has been booked. Please try again in a moment.");
                return qsTr("Please come back on another day, or ask to be called back.");
            }
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
