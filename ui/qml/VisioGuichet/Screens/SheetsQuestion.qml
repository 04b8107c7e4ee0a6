// Asks whoever leaves while sheets of theirs still come out: leaving stops the printer.
import QtQuick
import VisioGuichet.Controls

AskAgain {
    id: sheets

    required property bool printing

    onPrintingChanged: sheets.asked = false
    question: qsTr("Leave without your sheets?")
    loss: qsTr("The printer will stop.")
    keepWords: qsTr("Wait for my sheets")
    loseWords: qsTr("Leave all the same")
}
