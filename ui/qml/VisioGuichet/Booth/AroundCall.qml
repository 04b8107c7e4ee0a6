// The screens round a call: consent, appointments, call-backs, the summary and the survey.
pragma ComponentBehavior: Bound

import QtQml
import VisioGuichet.Appointments
import VisioGuichet.Models
import VisioGuichet.Screens

QtObject {
    id: around

    required property AgencyModel agency
    required property AppointmentsModel appointments
    required property SummaryModel summary
    required property EndedModel ended
    required property SurveyModel survey
    required property Touches touches
    required property AppointmentsTouches appointmentsTouches
    required property FarewellTouches farewellTouches
    required property Component selfView

    function component(screen: string): Component {
        switch (screen) {
        case "consent":
            return around.consent;
        case "booking":
            return around.booking;
        case "booked":
            return around.booked;
        case "checking_in":
            return around.checkIn;
        case "call_back":
            return around.callBack;
        case "ringing":
            return around.ringing;
        case "summary":
            return around.takenAway;
        case "survey":
            return around.asked;
        default:
            return null;
        }
    }

    readonly property Component consent: Component {
        Consent {
            agency: around.agency
            onAgreed: around.touches.agree()
            onCancelled: around.touches.cancel()
        }
    }

    readonly property Component booking: Component {
        Booking {
            booking: around.appointments.booking as BookingModel
            onChosen: key => around.appointmentsTouches.choose(key)
            onDayChosen: key => around.appointmentsTouches.chooseDay(key)
            onHourChosen: key => around.appointmentsTouches.chooseHour(key)
            onPersonTold: (firstName, telephone) => around.appointmentsTouches.tellPerson(firstName, telephone)
            onBackWanted: around.appointmentsTouches.back()
        }
    }

    readonly property Component booked: Component {
        Booked {
            booked: around.appointments.booked as AppointmentModel
            onPrintWanted: around.appointmentsTouches.printTicket()
            onFinished: around.appointmentsTouches.back()
        }
    }

    readonly property Component checkIn: Component {
        CheckIn {
            checkIn: around.appointments.checkIn as CheckInModel
            selfView: around.selfView
            onTyped: digits => around.appointmentsTouches.typeDigits(digits)
            onCameIn: around.appointmentsTouches.comeIn()
            onMoveWanted: around.appointmentsTouches.move()
            onCancelled: around.appointmentsTouches.cancel()
            onBookingWanted: around.appointmentsTouches.openBooking("")
            onBackWanted: around.appointmentsTouches.back()
            onHomeWanted: around.touches.goHome()
        }
    }

    readonly property Component callBack: Component {
        CallBack {
            agency: around.agency
            callBack: around.appointments.callBack as CallBackModel
            onHereWanted: around.appointmentsTouches.callBackHere()
            onTelephoneWanted: number => around.appointmentsTouches.callBackByTelephone(number)
            onBackWanted: around.appointmentsTouches.back()
            onFinished: around.touches.goHome()
        }
    }

    readonly property Component ringing: Component {
        Ringing {
            caller: around.appointments.ring as RingModel
            onAnswered: around.appointmentsTouches.answerRing()
            onDeclined: around.appointmentsTouches.declineRing()
        }
    }

    readonly property Component takenAway: Component {
        Summary {
            summary: around.summary
            documentPrints: around.ended.printing
            onItemChosen: (item, chosen) => around.farewellTouches.chooseItem(item, chosen)
            onPrintWanted: around.farewellTouches.printSummary()
            onCodeWanted: around.farewellTouches.showSummary()
            onFinished: around.farewellTouches.goOn()
        }
    }

    readonly property Component asked: Component {
        Survey {
            survey: around.survey
            onAnswered: face => around.farewellTouches.answer(face)
            onSaid: words => around.farewellTouches.say(words)
            onSkipped: around.farewellTouches.goOn()
        }
    }
}
