// How much of something there is now, such as sound at the microphone.
import QtQuick
import VisioGuichet.Theme

Rectangle {
    id: bar

    // 0 to 1.
    required property real level

    implicitHeight: Theme.roomy
    radius: Theme.tight
    color: Theme.mist
    border.color: Theme.edge
    border.width: Theme.hair
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Level: %1 %").arg(Math.round(100 * bar.level))

    Rectangle {
        x: Theme.hair
        y: Theme.hair
        width: (parent.width - 2 * Theme.hair) * bar.level
        height: parent.height - 2 * Theme.hair
        radius: bar.radius
        color: Theme.teal
    }
}
