// A code for the resident's telephone, and the number that opens the document there.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Codes
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches

    readonly property TakeAwayModel parcel: step.papers.takeAway as TakeAwayModel
    readonly property bool ready: step.parcel.address.length > 0
    readonly property bool over: step.ready && !step.parcel.taken && step.parcel.timed && step.parcel.secondsLeft === 0
    readonly property bool shown: step.ready && !step.parcel.taken && !step.over

    trouble: step.papers.trouble
    title: {
        if (step.parcel.taken)
            return qsTr("The document is on your telephone.");
        if (step.over)
            return qsTr("The time for this code is over.");
        if (step.ready)
            return qsTr("Photograph the code with your telephone.");
        return step.papers.trouble === "none" ? qsTr("The code is being made.") : qsTr("There is no code.");
    }

    PanelSign {
        anchors.fill: parent
        visible: !step.shown
        glyph: step.parcel.taken ? Glyphs.checkCircle : step.over || step.papers.trouble !== "none" ? Glyphs.warning : Glyphs.hourglass
        tint: step.parcel.taken ? Theme.green : Theme.teal
    }

    Rectangle {
        anchors.fill: parent
        visible: step.shown
        radius: Theme.corner
        color: Theme.white
        border.color: Theme.edge
        border.width: Theme.hair

        QrCode {
            anchors.centerIn: parent
            width: Math.min(parent.width, parent.height) - Theme.wide
            height: width
            text: step.parcel.address
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("Code to be photographed")
        }
    }

    beside: [
        Words {
            width: parent.width
            visible: step.shown
            text: qsTr("Then type this number on your telephone:")
        },
        Words {
            width: parent.width
            visible: step.shown
            text: step.parcel.pin.slice(0, 3) + " " + step.parcel.pin.slice(3)
            font.pixelSize: Theme.number
            font.bold: true
            lineHeight: 1
            Accessible.name: qsTr("Number: %1").arg(step.parcel.pin.split("").join(" "))
        },
        Words {
            width: parent.width
            visible: step.shown && step.parcel.timed
            text: step.parcel.secondsLeft > 90 ? qsTr("The code is good for %n more minutes, once.", "", Math.round(step.parcel.secondsLeft / 60)) : qsTr("The code is good for %n more seconds, once.", "", step.parcel.secondsLeft)
        },
        Words {
            width: parent.width
            visible: step.parcel.taken
            text: qsTr("Downloaded. The code is of no more use.")
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                focus: true
                quiet: false
                glyph: Glyphs.arrowLeft
                text: qsTr("Back")
                onClicked: step.touches.close()
            }

            PanelButton {
                width: step.cell
                visible: step.over || step.shown
                glyph: Glyphs.again
                text: qsTr("Another code")
                onClicked: step.touches.takeAway()
            }
        }
    ]
}
