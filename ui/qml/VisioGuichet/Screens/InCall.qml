// Face to face: the agent large, the resident small, the controls on a solid bar below.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme
import VisioGuichet.Video

FocusScope {
    id: screen

    required property CallModel call
    required property AgencyModel agency
    // What draws the two pictures; handed in, so that screens know nothing of video.
    required property Component agentView
    required property Component selfView

    // Values of `DeviceKind`.
    required property list<string> lost

    signal muteWanted(muted: bool)
    signal volumeWanted(volume: int)
    signal written(text: string)
    signal hungUp

    // What the call itself has noticed comes before what the booth knew already.
    readonly property list<string> missing: [
        ...(screen.call.loudspeakerWorking ? [] : ["loudspeaker"]),
        ...(screen.call.microphoneWorking ? [] : ["microphone"]),
        ...(screen.call.cameraWorking ? [] : ["camera"]),
        ...screen.lost.filter(device => ["loudspeaker", "microphone", "camera"].indexOf(device) < 0)
    ]

    focus: true

    AgentPicture {
        id: agentPicture

        anchors.left: parent.left
        anchors.right: Theme.portrait ? parent.right : writing.left
        anchors.top: parent.top
        anchors.bottom: Theme.portrait ? writing.top : keyboard.top
        call: screen.call
        // Beside the written words the own picture is as wide as what is said of the agent's.
        taken: writing.open ? agentPicture.height - ownPicture.y : 0
        live: agent.view !== null && agent.view.hasPicture
              && (screen.call.remoteVideo || !agent.view.stalled)

        Loader {
            id: agent

            readonly property PictureView view: item as PictureView

            anchors.fill: parent
            sourceComponent: screen.agentView
        }
    }

    NamePlate {
        id: plate

        x: Theme.wide
        y: Theme.wide
        most: agentPicture.width - 2 * Theme.wide
        agentName: screen.call.agentName
        agencyName: screen.agency.name
        elapsedSeconds: screen.call.elapsedSeconds
    }

    SelfView {
        id: ownPicture

        anchors.right: agentPicture.right
        anchors.rightMargin: Theme.wide
        anchors.bottom: notice.visible ? notice.top : agentPicture.bottom
        anchors.bottomMargin: Theme.wide
        cameraWorking: screen.call.cameraWorking
        muted: screen.call.muted

        Loader {
            anchors.fill: parent
            sourceComponent: screen.selfView
        }
    }

    LostDevices {
        id: notice

        anchors.left: agentPicture.left
        anchors.right: agentPicture.right
        anchors.bottom: agentPicture.bottom
        devices: screen.missing
        // Written words and their keys leave room for one.
        most: writing.open ? 1 : 2
        spacing: 0
        corner: 0
    }

    Item {
        id: keyboard

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: controls.top
        height: keys.shown !== null && keys.shown.visible ? keys.height : 0

        Loader {
            id: keys

            readonly property OnScreenKeyboard shown: item as OnScreenKeyboard

            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Theme.keyboard)
            active: screen.call.writing
            sourceComponent: OnScreenKeyboard {}
        }
    }

    Loader {
        id: writing

        readonly property bool open: screen.call.writing

        anchors.right: parent.right
        anchors.bottom: keyboard.top
        width: Theme.portrait ? parent.width : open ? Theme.px(800) : 0
        height: !Theme.portrait ? keyboard.y : open ? Theme.px(620) : 0
        active: open
        sourceComponent: Written {
            focus: true
            call: screen.call
            onSent: text => screen.written(text)
        }
    }

    CallBar {
        id: controls

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: implicitHeight
        focus: true
        call: screen.call
        onMuteWanted: muted => screen.muteWanted(muted)
        onVolumeWanted: volume => screen.volumeWanted(volume)
        onHungUp: screen.hungUp()
    }
}
