// An agency's monogram in its coloured disc.
import QtQuick
import VisioGuichet.Theme

Rectangle {
    id: disc

    required property string monogram
    required property color tint

    width: Theme.disc
    height: width
    radius: width / 2
    color: disc.tint

    Text {
        anchors.centerIn: parent
        width: disc.width * 0.74
        height: disc.height * 0.6
        text: disc.monogram
        color: Theme.white
        font.family: Theme.family
        font.bold: true
        font.pixelSize: Math.round(disc.width * 0.42)
        fontSizeMode: Text.Fit
        minimumPixelSize: Math.round(disc.width * 0.2)
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
