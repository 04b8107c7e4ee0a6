// An agency calls a resident back at this booth: a large calm ring, and two answers.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Screens
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property RingModel caller

    signal answered
    signal declined

    title: qsTr("%1 is calling back.").arg(screen.caller.agencyName)
    footerHeight: Theme.px(Theme.portrait ? 288 : 132)

    BreathingRing {
        id: ring

        anchors.centerIn: parent
        anchors.verticalCenterOffset: -(said.height + Theme.wide) / 2
        width: Math.min(Theme.px(560), parent.height - said.height - Theme.wide, parent.width)
        height: width

        Pictogram {
            anchors.centerIn: parent
            size: Math.round(ring.width * 0.4)
            glyph: Glyphs.phoneIncoming
            color: Theme.teal
        }
    }

    Sentence {
        id: said

        anchors.top: ring.bottom
        anchors.topMargin: Theme.wide
        width: parent.width
        sentence: screen.caller.agentName.length > 0 ? qsTr("%1 is waiting for whoever asked to be called back.").arg(screen.caller.agentName) : qsTr("The agent is waiting for whoever asked to be called back.")
        font.pixelSize: Theme.heading
        horizontalAlignment: Text.AlignHCenter
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            width: Theme.portrait ? parent.width : implicitWidth
            height: Theme.px(132)
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.xCircle
            text: qsTr("It is not for me")
            onClicked: screen.declined()
        },
        ActionButton {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : Theme.px(720)
            height: Theme.px(132)
            focus: true
            glyph: Glyphs.phone
            text: qsTr("Answer")
            onClicked: screen.answered()
        }
    ]
}
