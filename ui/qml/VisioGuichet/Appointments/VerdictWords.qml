// What is said of a code that was shown or typed: each verdict its own sentence, sign and way on.
import QtQml
import VisioGuichet.Models
import VisioGuichet.Theme

QtObject {
    id: words

    required property CheckInModel checkIn

    readonly property AppointmentModel appointment: words.checkIn.appointment as AppointmentModel
    readonly property string verdict: words.checkIn.cancelled ? "given_up" : words.checkIn.verdict

    // What was missed cannot be put at another time: a new one can be made.
    readonly property bool over: words.verdict === "late" && !words.checkIn.canMove

    readonly property string title: {
        if (words.checkIn.moved && ["on_time", "early", "late", "wrong_booth", "wrong_day"].includes(words.verdict))
            return qsTr("Your appointment has been moved. Here is the new time.");
        switch (words.verdict) {
        case "given_up":
            return qsTr("Your appointment is cancelled.");
        case "on_time":
            return qsTr("Welcome. Here is your appointment.");
        case "early":
            return qsTr("You are early.");
        case "late":
            return qsTr("You are late.");
        case "wrong_booth":
            return qsTr("Your appointment is at another booth.");
        case "wrong_day":
            return qsTr("Your appointment is not today.");
        case "past":
            return qsTr("This appointment is over.");
        case "used":
            return qsTr("This ticket has been used already.");
        case "cancelled":
            return qsTr("This appointment was cancelled.");
        case "forged":
            return qsTr("This ticket is not valid.");
        case "foreign":
            return qsTr("This code is not an appointment's.");
        case "not_found":
            return qsTr("No appointment has these six digits.");
        case "too_many":
            return qsTr("Too many codes were wrong.");
        case "unreachable":
            return qsTr("The service does not answer.");
        default:
            return qsTr("This card is not known here.");
        }
    }
    readonly property string advice: {
        switch (words.verdict) {
        case "given_up":
            return qsTr("The service has been told. You can make another one.");
        case "on_time":
            return qsTr("Touch “I am here”: the agent is told.");
        case "early":
            return words.checkIn.opens.length > 0 ? qsTr("Come back at %1, or wait here.").arg(words.checkIn.opens) : qsTr("You can come back, or wait here.");
        case "late":
            return words.over ? qsTr("It began %n minutes ago. You can still join the queue.", "", words.checkIn.minutes) : qsTr("It began %n minutes ago. You can still join the queue, or choose another time.", "", words.checkIn.minutes);
        case "wrong_booth":
            return qsTr("You can go there, or talk to an agent from here.");
        case "wrong_day":
            return qsTr("Come back on that day, or choose another time.");
        case "past":
            return qsTr("You can make another appointment.");
        case "used":
            return qsTr("An appointment's ticket is good for once. You can make another appointment.");
        case "cancelled":
            return qsTr("You can make another one.");
        case "forged":
            return qsTr("Type its six digits, or ask somebody who works here.");
        case "foreign":
            return qsTr("Show the ticket of your appointment, or type its six digits.");
        case "not_found":
            return qsTr("Check the digits on your ticket and type them again.");
        case "too_many":
            return qsTr("Please wait a minute, then type the code again.");
        case "unreachable":
            return words.appointment.known ? qsTr("Your ticket is good. You can wait for an agent all the same, or come back in a moment.") : qsTr("Please try again in a moment.");
        default:
            return qsTr("Show your ticket, or type its six digits.");
        }
    }
    readonly property string glyph: {
        switch (words.verdict) {
        case "on_time":
            return Glyphs.checkCircle;
        case "early":
        case "late":
            return Glyphs.clock;
        case "wrong_booth":
            return Glyphs.mapPin;
        case "given_up":
        case "wrong_day":
        case "past":
        case "used":
        case "cancelled":
            return Glyphs.calendarX;
        case "unreachable":
            return Glyphs.wifiSlash;
        case "too_many":
            return Glyphs.lock;
        case "forged":
            return Glyphs.prohibit;
        default:
            return Glyphs.question;
        }
    }
    // The way on: "come_in", "book" or "again".
    readonly property string way: {
        switch (words.verdict) {
        case "on_time":
        case "early":
        case "late":
        case "wrong_booth":
            return "come_in";
        case "unreachable":
            return words.appointment.known ? "come_in" : "again";
        case "given_up":
        case "past":
        case "used":
        case "cancelled":
            return "book";
        case "wrong_day":
            return words.checkIn.canMove ? "move" : "book";
        default:
            return "again";
        }
    }
    readonly property string waitAllTheSame: qsTr("Wait all the same")
    readonly property string wayWords: {
        switch (words.verdict) {
        case "on_time":
            return qsTr("I am here");
        case "early":
            return words.waitAllTheSame;
        case "late":
            return qsTr("Join the queue");
        case "wrong_booth":
            return qsTr("Talk from here");
        case "unreachable":
            return words.way === "come_in" ? words.waitAllTheSame : qsTr("Try again");
        default:
            return words.way === "book" ? qsTr("Make an appointment") : words.way === "move" ? qsTr("Change the time") : qsTr("Start again");
        }
    }
}
