// The technician's room, one at a time.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Models

Loader {
    id: rooms

    required property TechnicianModel technician
    required property TechnicianTouches touches
    // What draws the live picture of the device under test.
    required property Component testView

    focus: true
    sourceComponent: {
        switch (rooms.technician.room) {
        case "opening":
            return opening;
        case "overview":
            return overview;
        case "test":
            return guided;
        case "network":
        case "rehearsal":
            return steps;
        case "report":
            return report;
        default:
            return door;
        }
    }

    Component {
        id: door

        Door {
            technician: rooms.technician
            onEntered: pin => rooms.touches.enterPin(pin)
            onLeaveWanted: rooms.touches.leave()
        }
    }

    Component {
        id: opening

        StepsRoom {
            technician: rooms.technician
            onLeaveWanted: rooms.touches.leave()
        }
    }

    Component {
        id: overview

        Overview {
            technician: rooms.technician
            onTestWanted: kind => rooms.touches.test(kind)
            onGone: room => rooms.touches.go(room)
            onCrashRead: rooms.touches.seen()
            onLeaveWanted: rooms.touches.leave()
        }
    }

    Component {
        id: guided

        Guided {
            technician: rooms.technician
            testView: rooms.testView
            onConfirmed: rooms.touches.confirm()
            onBroken: rooms.touches.fails()
            onRetryWanted: kind => rooms.touches.retry(kind)
            onAgain: rooms.touches.again()
            onLeaveWanted: rooms.touches.go("overview")
        }
    }

    Component {
        id: steps

        StepsRoom {
            technician: rooms.technician
            onAgain: rooms.touches.again()
            onLeaveWanted: rooms.touches.go("overview")
        }
    }

    Component {
        id: report

        Report {
            technician: rooms.technician
            onPrintWanted: rooms.touches.printReport()
            onAgain: rooms.touches.again()
            onLeaveWanted: rooms.touches.go("overview")
        }
    }
}
