// A ring that slowly swells and rests: the booth is waiting too. It never blinks.
import QtQuick
import VisioGuichet.Theme

Item {
    id: ring

    property bool breathing: true
    default property alias content: middle.data

    implicitWidth: Theme.px(440)
    implicitHeight: implicitWidth

    Rectangle {
        id: halo

        anchors.centerIn: parent
        width: ring.width
        height: width
        radius: width / 2
        color: Theme.mist
        scale: 0.88

        SequentialAnimation on scale {
            running: ring.breathing && ring.visible && !Theme.reducedMotion
            loops: Animation.Infinite

            NumberAnimation {
                to: 1
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }

            NumberAnimation {
                to: 0.88
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }
        }
    }

    Rectangle {
        id: middle

        anchors.centerIn: parent
        width: ring.width * 0.8
        height: width
        radius: width / 2
        color: Theme.white
        border.color: Theme.teal
        border.width: Theme.px(10)
    }
}
