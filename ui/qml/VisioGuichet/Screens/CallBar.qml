// The solid bar of a call: microphone, volume, how it goes, and hanging up set apart.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: bar

    required property CallModel call

    signal muteWanted(muted: bool)
    signal volumeWanted(volume: int)
    signal hungUp

    readonly property int rowHeight: Theme.px(142)

    implicitHeight: Theme.portrait ? 2 * rowHeight + 3 * Theme.wide : rowHeight + 2 * Theme.gap
    color: Theme.paper

    CallButton {
        id: microphone

        x: Theme.margin
        y: Theme.portrait ? Theme.wide : Theme.gap
        width: Theme.px(Theme.portrait ? 372 : 366)
        focus: true
        alert: bar.call.muted
        glyph: bar.call.muted ? Glyphs.microphoneSlash : Glyphs.microphone
        text: bar.call.muted ? qsTr("Turn the microphone on") : qsTr("Mute the microphone")
        onClicked: bar.muteWanted(!bar.call.muted)
    }

    VolumeControl {
        id: volume

        anchors.left: Theme.portrait ? undefined : microphone.right
        anchors.leftMargin: Theme.px(40)
        anchors.right: Theme.portrait ? parent.right : undefined
        anchors.rightMargin: Theme.margin
        y: microphone.y
        volume: bar.call.volume
        onWanted: volume => bar.volumeWanted(volume)
    }

    QualitySign {
        readonly property real free: hangUp.x - volume.x - volume.width

        x: Theme.portrait ? Theme.margin : volume.x + volume.width + (free - width) / 2
        y: hangUp.y + (bar.rowHeight - height) / 2
        quality: bar.call.quality
    }

    ActionButton {
        id: hangUp

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.portrait ? bar.rowHeight + 2 * Theme.wide : Theme.gap
        height: bar.rowHeight
        width: Theme.px(Theme.portrait ? 440 : 340)
        kind: ActionButton.Kind.HangUp
        glyph: Glyphs.phoneDisconnect
        text: qsTr("Hang up")
        onClicked: bar.hungUp()
    }
}
