// What fills the window: the bar, the screen of the visit's state, and what may lie over it.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Dock
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Technician
import VisioGuichet.Theme

Rectangle {
    id: booth

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
    required property DockModel dock
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
    required property bool dimWhenClosed
    required property bool shiftPixels

    readonly property bool asked: shell.idleSecondsLeft >= 0

    color: Theme.paper

    TopBar {
        id: bar

        width: parent.width
        visible: !surface.active
        shell: booth.shell
        expected: booth.appointments.expected as ExpectedModel
    }

    Stage {
        anchors.fill: parent
        anchors.topMargin: bar.height
        focus: !booth.asked && !booth.shell.resting && !surface.active && !booth.dock.open
        enabled: !booth.asked
        visible: !surface.active
        shell: booth.shell
        tiles: booth.tiles
        agency: booth.agency
        waiting: booth.waiting
        call: booth.call
        papers: booth.papers
        ended: booth.ended
        appointments: booth.appointments
        summary: booth.summary
        survey: booth.survey
        technician: booth.technician
        touches: booth.touches
        technicianTouches: booth.technicianTouches
        papersTouches: booth.papersTouches
        appointmentsTouches: booth.appointmentsTouches
        farewellTouches: booth.farewellTouches
        agentView: booth.agentView
        selfView: booth.selfView
        paperView: booth.paperView
        sharedView: booth.sharedView
        testView: booth.testView
    }

    Surface {
        id: surface

        anchors.fill: parent
        inside: booth.shell.screen === "technician"
        technician: booth.technician
        touches: booth.technicianTouches
    }

    Rest {
        anchors.fill: parent
        visible: opacity > 0
        opacity: booth.shell.resting ? 1 : 0
        // The key that wakes the booth presses nothing that is not yet seen.
        focus: booth.shell.resting
        tiles: booth.tiles
        dimmed: booth.dimWhenClosed && booth.tiles.allClosed
        drifting: booth.shiftPixels

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }

        MouseArea {
            anchors.fill: parent
        }
    }

    IdlePrompt {
        anchors.fill: parent
        visible: booth.asked
        secondsLeft: booth.shell.idleSecondsLeft
        onStillHere: booth.touches.touched()
    }

    DockPanel {
        height: parent.height
        dock: booth.dock
        away: surface.active
        onDone: (device, action, argument) => booth.touches.dock(device, action, argument)
    }
}
