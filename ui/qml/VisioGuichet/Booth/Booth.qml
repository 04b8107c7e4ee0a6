// What fills the window: the bar, the screen of the visit's state, and what may lie over it.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

Rectangle {
    id: booth

    required property ShellModel shell
    required property TilesModel tiles
    required property AgencyModel agency
    required property WaitingModel waiting
    required property CallModel call
    required property EndedModel ended
    required property Touches touches
    required property Component agentView
    required property Component selfView

    readonly property bool asked: shell.idleSecondsLeft >= 0

    color: Theme.paper

    TopBar {
        id: bar

        width: parent.width
        shell: booth.shell
    }

    Loader {
        id: stage

        anchors.fill: parent
        anchors.topMargin: bar.height
        focus: !booth.asked && !booth.shell.resting
        enabled: !booth.asked
        sourceComponent: {
            switch (booth.shell.screen) {
            case "hours":
                return hours;
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
            default:
                return home;
            }
        }
        onLoaded: appear.restart()

        NumberAnimation {
            id: appear

            target: stage
            property: "opacity"
            from: Theme.reducedMotion ? 1 : 0
            to: 1
            duration: Theme.calm
            easing.type: Easing.OutCubic
        }
    }

    Rest {
        anchors.fill: parent
        visible: opacity > 0
        opacity: booth.shell.resting ? 1 : 0
        // The key that wakes the booth presses nothing that is not yet seen.
        focus: booth.shell.resting
        tiles: booth.tiles

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

    Component {
        id: home

        Home {
            tiles: booth.tiles
            lineUp: booth.shell.lineUp
            onChosen: agency => booth.touches.choose(agency)
        }
    }

    Component {
        id: hours

        Hours {
            agency: booth.agency
            onHomeWanted: booth.touches.goHome()
        }
    }

    Component {
        id: waitingScreen

        Waiting {
            agency: booth.agency
            waiting: booth.waiting
            lineUp: booth.shell.lineUp
            onCancelled: booth.touches.cancel()
        }
    }

    Component {
        id: connecting

        Connecting {
            agency: booth.agency
            call: booth.call
            onHungUp: booth.touches.hangUp()
        }
    }

    Component {
        id: inCall

        InCall {
            agency: booth.agency
            call: booth.call
            agentView: booth.agentView
            selfView: booth.selfView
            onMuteWanted: muted => booth.touches.setMuted(muted)
            onVolumeWanted: volume => booth.touches.setVolume(volume)
            onHungUp: booth.touches.hangUp()
        }
    }

    Component {
        id: endedScreen

        Ended {
            agency: booth.agency
            ended: booth.ended
            onHomeWanted: booth.touches.goHome()
        }
    }

    Component {
        id: failSafe

        FailSafe {
            shell: booth.shell
            onHomeWanted: booth.touches.goHome()
        }
    }
}
