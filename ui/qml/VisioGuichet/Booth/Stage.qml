// The screen of the visit's state, one at a time; it appears softly and goes at once.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Technician
import VisioGuichet.Theme

Loader {
    id: stage

    required property ShellModel shell
    required property TilesModel tiles
    required property AgencyModel agency
    required property WaitingModel waiting
    required property CallModel call
    required property PapersModel papers
    required property EndedModel ended
    required property AppointmentsModel appointments
    required property SummaryModel summary
    required property SurveyModel survey
    required property TechnicianModel technician
    required property Touches touches
    required property TechnicianTouches technicianTouches
    required property PapersTouches papersTouches
    required property AppointmentsTouches appointmentsTouches
    required property FarewellTouches farewellTouches
    required property Component agentView
    required property Component selfView
    required property Component paperView
    required property Component sharedView
    required property Component testView

    // Home is there at once when the booth starts: there is nothing it could come from.
    property bool begun: false

    sourceComponent: {
        switch (stage.shell.screen) {
        case "hours":
            return hours;
        case "rehearsing":
            return rehearsing;
        case "waiting":
            return waitingScreen;
        case "connecting":
            return connecting;
        case "in_call":
            return inCall;
        case "ended":
            return endedScreen;
        case "fail_safe":
            return failSafe;
        case "technician":
            return technicianRooms;
        default:
            return aroundCall.component(stage.shell.screen) ?? home;
        }
    }
    onLoaded: {
        if (begun)
            appear.restart();
        begun = true;
        pause.begin();
    }
    // A question lay over all of it.
    onEnabledChanged: pause.begin()

    TouchPause {
        id: pause

        // In a call the panel of the papers has a pause of its own: the call's bar stays as it is.
        scene: [
            stage.shell.screen,
            stage.shell.screen === "in_call" ? "" : stage.papers.step,
            (stage.appointments.booking as BookingModel).step,
            (stage.appointments.checkIn as CheckInModel).step,
            (stage.appointments.callBack as CallBackModel).step,
            stage.summary.way,
            stage.survey.questionShown,
            stage.survey.thanked
        ].join()
    }

    AroundCall {
        id: aroundCall

        agency: stage.agency
        appointments: stage.appointments
        summary: stage.summary
        ended: stage.ended
        survey: stage.survey
        touches: stage.touches
        appointmentsTouches: stage.appointmentsTouches
        farewellTouches: stage.farewellTouches
        selfView: stage.selfView
    }

    NumberAnimation {
        id: appear

        target: stage
        property: "opacity"
        from: Theme.reducedMotion ? 1 : 0
        to: 1
        duration: Theme.calm
        easing.type: Easing.OutCubic
    }

    Component {
        id: home

        Home {
            tiles: stage.tiles
            lineUp: stage.shell.lineUp
            expected: stage.appointments.expected as ExpectedModel
            onChosen: agency => stage.touches.choose(agency)
            onCheckInWanted: stage.appointmentsTouches.openCheckIn()
            onBookingWanted: stage.appointmentsTouches.openBooking("")
        }
    }

    Component {
        id: hours

        Hours {
            agency: stage.agency
            onBookingWanted: stage.appointmentsTouches.openBooking(stage.agency.key)
            onCallBackWanted: stage.appointmentsTouches.openCallBack(stage.agency.key)
            onHomeWanted: stage.touches.goHome()
        }
    }

    Component {
        id: rehearsing

        Rehearsing {
            agency: stage.agency
            onCancelled: stage.touches.cancel()
        }
    }

    Component {
        id: waitingScreen

        Waiting {
            agency: stage.agency
            tiles: stage.tiles
            waiting: stage.waiting
            lineUp: stage.shell.lineUp
            lost: stage.shell.lost
            papers: stage.papers
            papersTouches: stage.papersTouches
            paperView: stage.paperView
            onCallBackWanted: stage.appointmentsTouches.openCallBack(stage.agency.key)
            onBookingWanted: stage.appointmentsTouches.openBooking(stage.agency.key)
            onOtherWanted: agency => stage.touches.choose(agency)
            onOtherBookingWanted: agency => stage.appointmentsTouches.openBooking(agency)
            onCancelled: stage.touches.cancel()
        }
    }

    Component {
        id: connecting

        Connecting {
            agency: stage.agency
            call: stage.call
            onHungUp: stage.touches.hangUp()
        }
    }

    Component {
        id: inCall

        InCall {
            agency: stage.agency
            call: stage.call
            papers: stage.papers
            touches: stage.touches
            papersTouches: stage.papersTouches
            agentView: stage.agentView
            selfView: stage.selfView
            paperView: stage.paperView
            sharedView: stage.sharedView
            lost: stage.shell.lost
        }
    }

    Component {
        id: endedScreen

        Ended {
            agency: stage.agency
            ended: stage.ended
            onSummaryWanted: stage.farewellTouches.openSummary()
            onBookingWanted: stage.appointmentsTouches.openBooking(stage.agency.key)
            onFinished: stage.farewellTouches.goOn()
        }
    }

    Component {
        id: failSafe

        FailSafe {
            shell: stage.shell
            onHomeWanted: stage.touches.goHome()
        }
    }

    Component {
        id: technicianRooms

        Rooms {
            technician: stage.technician
            touches: stage.technicianTouches
            testView: stage.testView
        }
    }
}
