// The thin bar that is the same on every screen: where this is, what time it is.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: bar

    required property ShellModel shell

    // More than fit on the line are counted: the technician's overview names each.
    readonly property string simulated: shell.simulated.length > 3 ? qsTr("Simulated: %n devices", "", shell.simulated.length) : qsTr("Simulated: %1").arg(shell.simulated.map(kind => DeviceKinds.words(kind)).join(", "))

    height: Theme.bar
    color: Theme.paper

    Words {
        id: where

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, (corner.visible ? corner.x - Theme.wide : parent.width - Theme.margin) - x)
        text: qsTr("%1 · %2").arg(bar.shell.placeName).arg(bar.shell.time)
        font.pixelSize: Theme.secondary
        wrapMode: Text.NoWrap
        elide: Text.ElideMiddle
    }

    Row {
        id: corner

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.tight
        visible: bar.shell.simulated.length > 0

        Pictogram {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.small
            glyph: Glyphs.wrench
            color: Theme.slate
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, bar.width * (Theme.portrait ? 0.3 : 0.42))
            height: bar.height
            text: bar.simulated
            color: Theme.slate
            font.pixelSize: Theme.small
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.px(22)
            lineHeight: 1
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hair
        color: Theme.mistPressed
    }
}
