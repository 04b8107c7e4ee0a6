// Being called back: here or by telephone, and that the agency has been asked.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property CallBackModel callBack
    required property AgencyModel agency

    readonly property string step: screen.callBack.step
    readonly property bool asking: screen.step === "asking"
    readonly property bool number: screen.step === "number"
    readonly property bool done: screen.step === "done_booth" || screen.step === "done_telephone"

    signal hereWanted
    signal telephoneWanted(number: string)
    signal backWanted
    signal finished

    title: {
        switch (screen.step) {
        case "asking":
            return qsTr("Where shall the agent call you back?");
        case "number":
            return screen.callBack.wrongNumber ? qsTr("This is no telephone number. Please check it.") : qsTr("What is your telephone number?");
        case "sending":
            return qsTr("One moment, please.");
        case "done_booth":
            return qsTr("It is noted: this booth will ring for you.");
        case "done_telephone":
            return qsTr("It is noted: an agent will call you.");
        default:
            return qsTr("The service does not answer.");
        }
    }
    portraitTop: Theme.px(screen.number ? 400 : 560)

    AgencyBadge {
        width: parent.width
        visible: screen.asking && screen.agency.name.length > 0
        agency: screen.agency
    }

    Grid {
        id: ways

        y: Theme.bigDisc + (Theme.portrait ? Theme.roomy : Theme.margin)
        width: parent.width
        visible: screen.asking
        columns: Theme.portrait ? 1 : 2
        spacing: Theme.wide

        readonly property real share: Theme.portrait ? width : (width - spacing) / 2

        ChoiceButton {
            width: ways.share
            height: Theme.px(260)
            horizontalPadding: Theme.roomy
            signSize: Theme.px(110)
            focus: screen.asking
            glyph: Glyphs.monitor
            text: qsTr("Here, at this booth")
            detail: qsTr("Stay near: it rings.")
            onClicked: screen.hereWanted()
        }

        ChoiceButton {
            width: ways.share
            height: Theme.px(260)
            horizontalPadding: Theme.roomy
            signSize: Theme.px(110)
            glyph: Glyphs.phoneCall
            text: qsTr("On my telephone")
            detail: qsTr("You need not wait here.")
            onClicked: screen.telephoneWanted("")
        }
    }

    Item {
        anchors.fill: parent
        visible: screen.number

        NumberPad {
            id: pad

            x: Theme.portrait ? (parent.width - width) / 2 : parent.width - width
            y: Theme.portrait ? parent.height - height : (parent.height - height) / 2
            focus: screen.number
            enabled: screen.number
            wrong: screen.callBack.wrongNumber
            onEntered: digits => screen.telephoneWanted(digits)
        }

        Column {
            y: Theme.portrait ? 0 : (parent.height - height) / 2
            width: Theme.portrait ? parent.width : parent.width - pad.width - 2 * Theme.margin
            spacing: Theme.wide

            AgencyBadge {
                width: parent.width
                visible: screen.agency.name.length > 0
                agency: screen.agency
            }

            Notice {
                width: parent.width
                glyph: Glyphs.shieldCheck
                text: qsTr("This service alone has your number. It is erased once you have been called.")
            }
        }
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        visible: !screen.asking && !screen.number
        spacing: Theme.roomy

        BreathingRing {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.px(400)
            height: width
            breathing: screen.step === "sending"

            Pictogram {
                anchors.centerIn: parent
                size: Theme.px(160)
                glyph: screen.done ? Glyphs.checkCircle : screen.step === "sending" ? Glyphs.phoneCall : Glyphs.wifiSlash
                color: screen.done ? Theme.green : Theme.teal
            }
        }

        Sentence {
            width: parent.width
            sentence: {
                switch (screen.step) {
                case "sending":
                    return qsTr("The service is being told.");
                case "done_booth":
                    return qsTr("Stay near. When it rings, touch “Answer”.");
                case "done_telephone":
                    return qsTr("Keep your telephone at hand. Your number is erased once you have been called.");
                default:
                    return qsTr("Nothing was left there. Please try again in a moment.");
                }
            }
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            implicitWidth: Theme.px(300)
            visible: screen.step !== "sending"
            focus: screen.step === "failed"
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.arrowLeft
            text: qsTr("Back")
            onClicked: screen.backWanted()
        },
        ActionButton {
            anchors.right: parent.right
            visible: screen.done
            focus: screen.done
            glyph: Glyphs.check
            text: qsTr("Finish")
            onClicked: screen.finished()
        }
    ]
}
