// In the queue: the place, an honest estimate or none, and what can be done meanwhile.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Papers
import VisioGuichet.Theme

RingScreen {
    id: screen

    required property TilesModel tiles
    required property WaitingModel waiting
    required property PapersModel papers
    required property PapersTouches papersTouches
    required property Component paperView
    required property bool lineUp
    // Values of `DeviceKind`.
    required property list<string> lost

    readonly property string wait: {
        const lowest = screen.waiting.lowestMinutes;
        const highest = screen.waiting.highestMinutes;
        if (highest < 0)
            return "";
        if (highest <= 1)
            return qsTr("Wait: about a minute");
        if (highest >= 60)
            return lowest === 0 ? qsTr("Wait: less than %1").arg(screen.span(highest)) : lowest === highest ? qsTr("Wait: about %1").arg(screen.span(highest)) : qsTr("Wait: between %1 and %2").arg(screen.span(lowest)).arg(screen.span(highest));
        if (lowest === 0)
            return qsTr("Wait: less than %n minutes", "", highest);
        if (lowest === highest)
            return qsTr("Wait: about %n minutes", "", highest);
        return qsTr("Wait: between %1 and %n minutes", "", highest).arg(lowest);
    }

    readonly property bool papersOpen: screen.papers.step !== "none"
    // The resident looks at the other services.
    property bool looking: false
    // Which one line is said beside the place; what presses most first.
    readonly property string news: screen.waiting.closing ? "closing" : !screen.lineUp ? "line" : screen.waiting.nobody ? "nobody" : screen.papers.trouble !== "none" ? "trouble" : screen.lost.length > 0 ? "lost" : "papers"

    signal callBackWanted
    signal bookingWanted
    signal otherWanted(string agency)
    signal otherBookingWanted(string agency)
    signal cancelled

    // From an hour on nobody counts in minutes.
    function span(minutes: int): string {
        if (minutes < 60)
            return qsTr("%n minutes", "", minutes);
        const rest = minutes % 60;
        return rest === 0 ? qsTr("%n hours", "", Math.floor(minutes / 60)) : qsTr("%1 h %2").arg(Math.floor(minutes / 60)).arg(String(rest).padStart(2, "0"));
    }

    title: screen.looking ? qsTr("Which other service? Your place here is kept.") : screen.waiting.closing ? qsTr("The service is about to close.") : screen.waiting.nobody && screen.lineUp ? qsTr("No agent is at the desk right now.") : screen.waiting.arrived ? qsTr("The agent knows that you are here.") : qsTr("Stay here: an agent will answer you.")
    covered: screen.papersOpen || screen.looking
    footerHeight: Theme.px(Theme.portrait ? 288 : 132)

    ring: BreathingRing {
        anchors.fill: parent

        Column {
            anchors.centerIn: parent
    
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: screen.waiting.position > 0
                text: qsTr("Your place")
                Accessible.ignored: true
            }
    
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: screen.waiting.position > 0
                text: screen.waiting.position
                font.pixelSize: Theme.number
                font.bold: true
                lineHeight: 1
                Accessible.name: qsTr("Your place: %1").arg(screen.waiting.position)
            }
    
            Pictogram {
                visible: screen.waiting.position === 0
                size: Theme.huge
                glyph: screen.waiting.arrived ? Glyphs.checkCircle : Glyphs.hourglass
                color: Theme.teal
            }
        }
    }

    beside: [
        Words {
            id: place

            width: parent.width
            text: {
                if (screen.waiting.arrived)
                    return qsTr("The agent will answer you as soon as possible.");
                if (screen.waiting.position === 0)
                    return qsTr("Your place in the queue is being taken.");
                if (screen.waiting.nobody)
                    return qsTr("Your place is kept, should an agent come back.");
                if (screen.waiting.position === 1)
                    return qsTr("You are next.");
                return qsTr("%n people go before you.", "", screen.waiting.position - 1);
            }
            font.pixelSize: Theme.heading
            font.bold: true

            Spoken {
                words: place.text
            }
        },
        Words {
            width: parent.width
            visible: text.length > 0
            text: screen.wait
            font.pixelSize: Theme.button
        },
        Notice {
            width: parent.width
            visible: screen.news === "closing"
            glyph: Glyphs.clock
            text: qsTr("If nobody answers before it closes, be called back or make an appointment.")
        },
        Notice {
            width: parent.width
            visible: screen.news === "nobody"
            glyph: Glyphs.clock
            text: qsTr("Rather than wait, be called back, make an appointment, or choose another service.")
        },
        Notice {
            width: parent.width
            visible: screen.news === "line"
            glyph: Glyphs.wifiSlash
            text: qsTr("The line is coming back. Your place is kept.")
        },
        TroubleNotice {
            width: parent.width
            visible: screen.news === "trouble"
            trouble: screen.papers.trouble
        },
        LostDevices {
            width: parent.width
            visible: screen.news === "lost" && told.length > 0
            devices: screen.lost
            most: 1
        },
        Notice {
            width: parent.width
            visible: screen.news === "papers"
            glyph: Glyphs.papers
            text: qsTr("Have your papers and your file number at hand, if you have any.")
        }
    ]

    footer: WaysOut {
        anchors.fill: parent
        focus: !screen.papersOpen && !screen.looking
        onPapersWanted: screen.papersTouches.scan()
        onCallBackWanted: screen.callBackWanted()
        onBookingWanted: screen.bookingWanted()
        onOthersWanted: screen.looking = true
    }

    over: [
        Loader {
            id: panel

            anchors.fill: parent
            // The screen's sentence stays: the place is kept meanwhile.
            anchors.topMargin: Theme.px(Theme.portrait ? 400 : 120)
            active: screen.papersOpen
            focus: active
            sourceComponent: Rectangle {
                color: Theme.paper

                PapersPanel {
                    anchors.fill: parent
                    focus: true
                    papers: screen.papers
                    touches: screen.papersTouches
                    paperView: screen.paperView
                }
            }
        },
        Loader {
            anchors.fill: parent
            anchors.topMargin: panel.anchors.topMargin
            active: screen.looking && !screen.papersOpen
            focus: active
            sourceComponent: OtherServices {
                focus: true
                tiles: screen.tiles
                agency: screen.agency
                onChosen: agency => screen.otherWanted(agency)
                onBookingWanted: agency => screen.otherBookingWanted(agency)
                onStayed: screen.looking = false
                onLeaveWanted: screen.cancelled()
            }
        },
        TouchPause {
            scene: screen.looking
        }
    ]
}
