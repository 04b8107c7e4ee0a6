// A hand's ticket before the booth's camera: how to hold it, without a word.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Item {
    id: drawing

    property bool moving: false

    implicitWidth: Theme.px(620)
    implicitHeight: Theme.px(340)

    // The booth, with its camera.
    Rectangle {
        id: booth

        x: drawing.width * 0.06
        width: drawing.width * 0.34
        height: drawing.height
        radius: Theme.corner
        color: Theme.teal

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height * 0.08
            width: Theme.px(48)
            height: width
            radius: width / 2
            color: Theme.ink
            border.color: Theme.gold
            border.width: Theme.px(8)
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height * 0.3
            width: parent.width * 0.8
            height: parent.height * 0.58
            radius: Theme.corner / 2
            color: Theme.mist
        }
    }

    // The ticket, with its code towards the camera.
    Rectangle {
        id: ticket

        x: drawing.width * 0.56
        y: drawing.height * 0.1
        width: drawing.height * 0.46
        height: drawing.height * 0.66
        radius: Theme.tight
        color: Theme.white
        border.color: Theme.ink
        border.width: Theme.line
        rotation: 4

        SequentialAnimation on x {
            running: drawing.moving && drawing.visible && !Theme.reducedMotion
            loops: Animation.Infinite

            NumberAnimation {
                to: drawing.width * 0.5
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }

            NumberAnimation {
                to: drawing.width * 0.56
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }
        }

        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height * 0.08
            size: parent.width * 0.84
            glyph: Glyphs.qrCode
        }

        Column {
            x: parent.width * 0.14
            y: parent.height * 0.7
            width: parent.width * 0.72
            spacing: Theme.tight

            Repeater {
                model: [1, 0.6]

                Rectangle {
                    required property real modelData

                    width: parent.width * modelData
                    height: Theme.px(10)
                    radius: height / 2
                    color: Theme.edge
                }
            }
        }
    }

    Pictogram {
        x: ticket.x + ticket.width * 0.5
        y: drawing.height * 0.56
        size: drawing.height * 0.42
        glyph: Glyphs.handPointing
        color: Theme.ink
        rotation: -14
    }
}
