// A service was chosen: for a moment the booth makes sure that the agent will see and hear.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

RingScreen {
    id: screen

    signal cancelled

    title: qsTr("One moment: we make sure that everything works.")

    ring: BreathingRing {
        anchors.fill: parent

        Pictogram {
            anchors.centerIn: parent
            size: Theme.px(200)
            glyph: Glyphs.microphone
            color: Theme.teal
        }
    }

    beside: [
        Words {
            width: parent.width
            text: qsTr("Camera, microphone and sound are being tried.")
            font.pixelSize: Theme.heading
            font.bold: true
        },
        Words {
            width: parent.width
            text: qsTr("This takes three seconds. Then you take your place in the queue.")
            font.pixelSize: Theme.button
        }
    ]

    footer: ActionButton {
        focus: true
        kind: ActionButton.Kind.Quiet
        glyph: Glyphs.arrowLeft
        text: qsTr("Cancel")
        onClicked: screen.cancelled()
    }
}
