// An agent has answered; picture and sound are on their way.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RingScreen {
    id: screen

    required property CallModel call

    signal hungUp

    title: qsTr("An agent is answering you.")

    ring: BreathingRing {
        anchors.fill: parent

        Pictogram {
            anchors.centerIn: parent
            size: Theme.px(200)
            glyph: Glyphs.user
            color: Theme.teal
        }
    }

    beside: [
        Words {
            width: parent.width
            text: screen.call.agentName.length > 0 ? qsTr("You are going to talk to %1.").arg(screen.call.agentName) : qsTr("You are going to talk to an agent.")
            font.pixelSize: Theme.heading
            font.bold: true
        },
        Words {
            width: parent.width
            text: qsTr("Picture and sound are coming. Look at the screen.")
            font.pixelSize: Theme.button
        }
    ]

    footer: ActionButton {
        focus: true
        kind: ActionButton.Kind.HangUp
        glyph: Glyphs.phoneDisconnect
        text: qsTr("Hang up")
        onClicked: screen.hungUp()
    }
}
