// An appointment in four touches: agency, subject, day, hour; then a first name for whoever wishes.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property BookingModel booking

    readonly property string step: screen.booking.step
    readonly property bool asksPerson: screen.step === "person"
    readonly property PersonStep person: body.item as PersonStep

    signal chosen(key: string)
    signal dayChosen(key: string)
    signal hourChosen(key: string)
    signal personTold(firstName: string, telephone: string)
    signal backWanted

    function tell(): void {
        screen.personTold(screen.person.firstName, screen.person.telephone);
    }

    portraitTop: Theme.px(500)
    lift: keyboard.height
    title: {
        switch (screen.step) {
        case "agency":
            return qsTr("An appointment with which service?");
        case "subject":
            return qsTr("What is it about?");
        case "person":
            if (screen.booking.busy)
                return qsTr("One moment, please.");
            if (screen.booking.wrongNumber)
                return qsTr("This is no telephone number. Please check it.");
            return screen.booking.unreachable ? qsTr("The service does not answer. Please try again.") : qsTr("The hour is kept for you. What is your first name?");
        default:
            if (screen.booking.nothingFree)
                return qsTr("No hour is free at the moment.");
            if ((screen.booking.days as RowsModel).count > 0)
                return qsTr("Choose the day and the hour.");
            return screen.booking.unreachable ? qsTr("The service does not answer.") : qsTr("One moment, please.");
        }
    }

    Loader {
        id: body

        anchors.fill: parent
        focus: true
        sourceComponent: screen.asksPerson ? personStep : screen.step === "time" ? timeStep : choicesStep
    }

    Component {
        id: choicesStep

        ChoicesStep {
            choices: screen.booking.choices as RowsModel
            enabled: !screen.booking.busy
            onChosen: key => screen.chosen(key)
        }
    }

    Component {
        id: timeStep

        TimeStep {
            booking: screen.booking
            onDayChosen: key => screen.dayChosen(key)
            onHourChosen: key => screen.hourChosen(key)
        }
    }

    Component {
        id: personStep

        PersonStep {
            focus: true
            enabled: !screen.booking.busy
            onAccepted: screen.tell()
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            implicitWidth: Theme.px(300)
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.arrowLeft
            text: qsTr("Back")
            onClicked: screen.backWanted()
        },
        Row {
            anchors.right: parent.right
            visible: screen.asksPerson
            enabled: !screen.booking.busy
            opacity: enabled ? 1 : 0.5
            spacing: Theme.snug

            ActionButton {
                implicitWidth: Theme.px(296)
                kind: ActionButton.Kind.Quiet
                glyph: Glyphs.skipForward
                text: qsTr("Skip")
                onClicked: screen.personTold("", "")
            }

            ActionButton {
                implicitWidth: Theme.px(308)
                glyph: Glyphs.check
                text: qsTr("Confirm")
                onClicked: screen.tell()
            }
        }
    ]

    over: KeyboardPlace {
        id: keyboard

        anchors.bottom: parent.bottom
        width: parent.width
        wanted: screen.asksPerson
    }
}
