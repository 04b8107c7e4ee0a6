// Home: one large tile per agency, each with its true state; beside them, the appointments.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: home

    required property TilesModel tiles
    required property bool lineUp
    required property ExpectedModel expected

    readonly property bool told: home.expected.kept || !home.lineUp

    signal chosen(string agency)
    signal checkInWanted
    signal bookingWanted

    title: qsTr("Which service would you like to reach?")
    footerHeight: Theme.px(116)
    portraitTop: Theme.px(home.told ? 380 : 500)

    Notice {
        id: notice

        width: parent.width
        visible: home.told
        glyph: home.lineUp ? Glyphs.calendarCheck : Glyphs.wifiSlash
        text: {
            if (!home.lineUp)
                return qsTr("The line to the agents is cut. It comes back by itself.");
            const kept = qsTr("This booth is kept for an appointment at %1.").arg(home.expected.starts);
            return home.expected.minutes > 0 ? qsTr("%1 You have %n minutes left.", "", home.expected.minutes).arg(kept) : kept;
        }
    }

    AgencyGrid {
        readonly property real room: parent.height - (notice.visible ? notice.height + Theme.gap : 0)

        y: parent.height - room
        width: parent.width
        height: room
        tiles: home.tiles
        onChosen: agency => home.chosen(agency)
    }

    footer: Row {
        id: ways

        readonly property real share: (width - spacing) / 2

        anchors.fill: parent
        spacing: Theme.gap

        ChoiceButton {
            width: ways.share
            height: ways.height
            glyph: Glyphs.calendarCheck
            text: qsTr("I have an appointment")
            onClicked: home.checkInWanted()
        }

        ChoiceButton {
            width: ways.share
            height: ways.height
            glyph: Glyphs.calendarPlus
            text: qsTr("Make an appointment")
            onClicked: home.bookingWanted()
        }
    }
}
