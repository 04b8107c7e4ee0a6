// The solid bar of a call: microphone, sound, papers, text, and hanging up set apart.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: bar

    required property CallModel call
    required property PapersModel papers
    property bool papersShown: false

    signal muteWanted(muted: bool)
    signal volumeWanted(volume: int)
    signal papersWanted
    signal writingWanted
    signal hungUp

    readonly property int rowHeight: Theme.px(142)
    readonly property int edge: Theme.portrait ? Theme.margin : Theme.wide
    readonly property int second: Theme.portrait ? bar.rowHeight + 2 * Theme.wide : Theme.gap

    implicitHeight: Theme.portrait ? 2 * rowHeight + 3 * Theme.wide : rowHeight + 2 * Theme.gap
    color: Theme.paper

    CallButton {
        id: microphone

        x: bar.edge
        y: Theme.portrait ? Theme.wide : Theme.gap
        width: Theme.px(276)
        focus: true
        alert: bar.call.muted
        glyph: bar.call.muted ? Glyphs.microphoneSlash : Glyphs.microphone
        text: bar.call.muted ? qsTr("Muted") : qsTr("Microphone")
        Accessible.name: bar.call.muted ? qsTr("Turn the microphone on") : qsTr("Mute the microphone")
        onClicked: bar.muteWanted(!bar.call.muted)
    }

    VolumeControl {
        id: volume

        anchors.left: Theme.portrait ? undefined : microphone.right
        anchors.leftMargin: Theme.gap
        anchors.right: Theme.portrait ? parent.right : undefined
        anchors.rightMargin: bar.edge
        y: microphone.y
        volume: bar.call.volume
        onWanted: volume => bar.volumeWanted(volume)
    }

    CallButton {
        id: papersButton

        x: Theme.portrait ? bar.edge : volume.x + volume.width + Theme.gap
        y: bar.second
        width: Theme.px(216)
        glyph: Glyphs.files
        text: qsTr("Papers")
        news: bar.papers.documents > 0 && !bar.papersShown ? qsTr("%n received", "", bar.papers.documents) : ""
        onClicked: bar.papersWanted()
    }

    CallButton {
        id: writingButton

        anchors.left: papersButton.right
        anchors.leftMargin: Theme.snug
        y: bar.second
        width: Theme.px(216)
        glyph: Glyphs.keys
        text: qsTr("Write")
        news: bar.call.unread > 0 ? qsTr("%n new messages", "", bar.call.unread) : ""
        onClicked: bar.writingWanted()
    }

    ActionButton {
        id: hangUp

        anchors.right: parent.right
        anchors.rightMargin: bar.edge
        y: bar.second
        height: bar.rowHeight
        width: Theme.px(340)
        kind: ActionButton.Kind.HangUp
        glyph: Glyphs.phoneDisconnect
        text: qsTr("Hang up")
        onClicked: bar.hungUp()
    }
}
