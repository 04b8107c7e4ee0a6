// Somebody comes for an appointment: which one it is, how it stands, and the way on.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property CheckInModel checkIn

    readonly property bool asking: screen.checkIn.step === "asking"
    readonly property bool looking: screen.checkIn.step === "looking"
    readonly property bool found: !screen.asking && !screen.looking
    readonly property bool changeable: screen.found && !screen.checkIn.cancelled
    readonly property bool canMove: screen.changeable && screen.checkIn.canMove && verdict.way !== "move"
    readonly property bool canCancel: screen.changeable && screen.checkIn.canCancel

    signal typed(digits: string)
    signal cameIn
    signal moveWanted
    signal cancelled
    signal bookingWanted
    signal backWanted
    signal homeWanted

    function goOn(): void {
        switch (verdict.way) {
        case "come_in":
            screen.cameIn();
            break;
        case "book":
            screen.bookingWanted();
            break;
        case "move":
            screen.moveWanted();
            break;
        default:
            screen.backWanted();
        }
    }

    title: screen.asking ? qsTr("Which appointment do you come for?") : screen.looking ? qsTr("One moment, please.") : verdict.title
    portraitTop: Theme.px(screen.asking ? 330 : 440)
    footerHeight: Theme.px(Theme.portrait && screen.found ? 232 + (screen.canMove || screen.canCancel ? 128 : 0) : 104)

    readonly property VerdictWords verdict: VerdictWords {
        checkIn: screen.checkIn
    }

    CheckInCode {
        anchors.fill: parent
        visible: screen.asking
        enabled: screen.asking
        focus: screen.asking
        checkIn: screen.checkIn
        onTyped: digits => screen.typed(digits)
    }

    Item {
        id: told

        readonly property AppointmentModel appointment: screen.checkIn.appointment as AppointmentModel

        anchors.fill: parent
        visible: !screen.asking

        BreathingRing {
            id: ring

            x: Theme.portrait || screen.looking ? (parent.width - width) / 2 : Theme.px(48)
            y: Theme.portrait ? 0 : (parent.height - height) / 2
            width: Math.min(Theme.px(Theme.portrait ? 380 : 440), parent.height)
            height: width
            breathing: screen.looking

            Pictogram {
                anchors.centerIn: parent
                size: Theme.px(160)
                glyph: screen.looking ? Glyphs.calendarCheck : screen.verdict.glyph
                color: screen.found && screen.verdict.verdict === "on_time" ? Theme.green : Theme.teal
            }
        }

        Words {
            width: parent.width
            anchors.top: Theme.portrait ? ring.bottom : undefined
            anchors.topMargin: Theme.wide
            y: ring.y + ring.height + Theme.wide
            visible: screen.looking && Theme.portrait
            text: qsTr("We are looking for your appointment.")
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }

        Column {
            x: Theme.portrait ? 0 : parent.width * 0.36
            y: Theme.portrait ? ring.height + Theme.roomy : (parent.height - height) / 2
            width: parent.width - x
            visible: screen.found
            spacing: Theme.wide

            Words {
                width: parent.width
                text: screen.verdict.advice
                font.pixelSize: Theme.heading
                font.bold: true
            }

            AppointmentLines {
                width: parent.width
                visible: told.appointment.known
                appointment: told.appointment
            }
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            implicitWidth: Theme.px(300)
            width: Theme.portrait && screen.found ? parent.width : implicitWidth
            kind: ActionButton.Kind.Quiet
            glyph: screen.found ? Glyphs.house : Glyphs.arrowLeft
            text: screen.found ? qsTr("Back to the start") : qsTr("Back")
            onClicked: screen.found ? screen.homeWanted() : screen.backWanted()
        },
        Flow {
            id: ways

            readonly property int count: 1 + (screen.canMove ? 1 : 0) + (screen.canCancel ? 1 : 0)

            anchors.right: parent.right
            width: Theme.portrait ? parent.width : parent.width - Theme.px(560)
            visible: screen.found
            layoutDirection: Qt.RightToLeft
            spacing: Theme.gap

            ActionButton {
                width: Theme.portrait ? parent.width : implicitWidth
                focus: screen.found
                glyph: screen.verdict.way === "book" ? Glyphs.calendarPlus : screen.verdict.way === "again" ? Glyphs.renew : Glyphs.check
                text: screen.verdict.wayWords
                onClicked: screen.goOn()
            }

            ActionButton {
                width: Theme.portrait && screen.canCancel ? (parent.width - Theme.gap) / 2 : Theme.portrait ? parent.width : implicitWidth
                implicitWidth: Theme.px(380)
                visible: screen.canMove
                kind: ActionButton.Kind.Quiet
                lettersSize: Theme.body
                glyph: Glyphs.clock
                text: qsTr("Change the time")
                onClicked: screen.moveWanted()
            }

            ActionButton {
                width: Theme.portrait && screen.canMove ? (parent.width - Theme.gap) / 2 : Theme.portrait ? parent.width : implicitWidth
                implicitWidth: Theme.px(300)
                visible: screen.canCancel
                kind: ActionButton.Kind.Quiet
                lettersSize: Theme.body
                glyph: Glyphs.calendarX
                text: qsTr("Give it up")
                onClicked: again.asked = true
            }
        }
    ]

    over: AskAgain {
        id: again

        anchors.fill: parent
        question: qsTr("Cancel the appointment?")
        loss: qsTr("The hour will be given to somebody else.")
        keepWords: qsTr("Keep the appointment")
        loseWords: qsTr("Cancel it")
        onConfirmed: screen.cancelled()
    }
}
