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

    signal muteWanted(muted: bool)
    signal volumeWanted(volume: int)
    signal hungUp

    readonly property string trouble: {
        if (!screen.call.loudspeakerWorking)
            return qsTr("You cannot hear the agent: the loudspeaker does not answer.");
        if (!screen.call.microphoneWorking)
            return qsTr("The agent cannot hear you: the microphone does not answer.");
        if (!screen.call.cameraWorking)
            return qsTr("The agent cannot see you: the camera does not answer.");
        return "";
    }

    focus: true

    AgentPicture {
        id: agentPicture

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: controls.top
        call: screen.call
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
        most: parent.width - 2 * Theme.wide
        agentName: screen.call.agentName
        agencyName: screen.agency.name
        elapsedSeconds: screen.call.elapsedSeconds
    }

    SelfView {
        anchors.right: parent.right
        anchors.rightMargin: Theme.wide
        anchors.bottom: notice.visible ? notice.top : controls.top
        anchors.bottomMargin: Theme.wide
        cameraWorking: screen.call.cameraWorking
        muted: screen.call.muted

        Loader {
            anchors.fill: parent
            sourceComponent: screen.selfView
        }
    }

    Notice {
        id: notice

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: controls.top
        visible: screen.trouble.length > 0
        radius: 0
        glyph: Glyphs.warning
        text: screen.trouble
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
