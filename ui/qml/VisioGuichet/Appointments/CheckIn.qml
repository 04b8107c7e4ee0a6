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
    required property Component selfView

    readonly property bool asking: screen.checkIn.step === "asking"
    readonly property bool looking: screen.checkIn.step === "looking"
    readonly property bool found: !screen.asking && !screen.looking
    readonly property bool changeable: screen.found && !screen.checkIn.cancelled
    readonly property bool canMove: screen.changeable && screen.checkIn.canMove && screen.verdict.way !== "move"
    readonly property bool canRebook: screen.changeable && screen.verdict.over
    readonly property bool canCancel: screen.changeable && screen.checkIn.canCancel
    // Two long ways on, one over the other.
    readonly property bool stacked: Theme.portrait && screen.found

    signal typed(digits: string)
    signal cameIn
    signal moveWanted
    signal cancelled
    signal bookingWanted
    signal backWanted
    signal homeWanted

    function goOn(): void {
        switch (screen.verdict.way) {
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

    title: screen.asking ? qsTr("Which appointment do you come for?") : screen.looking ? qsTr("One moment, please.") : screen.verdict.title
    asked: again.asked
    portraitTop: Theme.px(screen.asking ? 330 : 440)
    footerHeight: Theme.px(screen.stacked ? 232 : 104)

    readonly property VerdictWords verdict: VerdictWords {
        checkIn: screen.checkIn
    }

    CheckInCode {
        anchors.fill: parent
        visible: screen.asking
        enabled: screen.asking
        focus: screen.asking
        checkIn: screen.checkIn
        selfView: screen.selfView
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
            y: Theme.portrait ? 0 : (parent.height - height) / 2 - (screen.looking ? Theme.roomy : 0)
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

        Sentence {
            y: ring.y + ring.height + Theme.wide
            width: parent.width
            visible: screen.looking
            sentence: qsTr("We are looking for your appointment.")
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }

        Column {
            x: Theme.portrait ? 0 : parent.width * 0.36
            y: Theme.portrait ? ring.height + Theme.roomy : (parent.height - height) / 2
            width: parent.width - x
            visible: screen.found
            spacing: Theme.wide

            Sentence {
                width: parent.width
                sentence: screen.verdict.advice
                font.pixelSize: Theme.heading
                font.bold: true
            }

            AppointmentLines {
                width: parent.width
                visible: told.appointment.known
                appointment: told.appointment
            }

            Row {
                id: changes

                readonly property real share: (width - spacing) / 2

                width: parent.width
                visible: screen.canMove || screen.canCancel || screen.canRebook
                spacing: Theme.gap

                ChoiceButton {
                    width: changes.share
                    visible: screen.canMove
                    glyph: Glyphs.clock
                    text: qsTr("Change the time")
                    onClicked: screen.moveWanted()
                }

                ChoiceButton {
                    width: changes.share
                    visible: screen.canRebook
                    glyph: Glyphs.calendarPlus
                    text: qsTr("Make an appointment")
                    onClicked: screen.bookingWanted()
                }

                ChoiceButton {
                    width: changes.share
                    visible: screen.canCancel
                    glyph: Glyphs.calendarX
                    text: qsTr("Cancel the appointment")
                    onClicked: again.asked = true
                }
            }
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            width: screen.stacked ? parent.width : implicitWidth
            kind: ActionButton.Kind.Quiet
            glyph: screen.found ? Glyphs.house : Glyphs.arrowLeft
            text: screen.found ? qsTr("Back to the start") : qsTr("Back")
            onClicked: screen.found ? screen.homeWanted() : screen.backWanted()
        },
        ActionButton {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: screen.stacked ? parent.width : Math.max(implicitWidth, Theme.px(480))
            visible: screen.found
            focus: screen.found
            glyph: screen.verdict.way === "book" ? Glyphs.calendarPlus : screen.verdict.way === "again" ? Glyphs.renew : screen.verdict.way === "move" ? Glyphs.clock : Glyphs.check
            text: screen.verdict.wayWords
            onClicked: screen.goOn()
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
