// Home when nobody has touched it for a minute: an invitation that is read from across the room.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: rest

    required property TilesModel tiles

    color: Theme.teal

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.portrait ? 0 : -Theme.px(30)
        width: parent.width - 2 * Theme.margin
        spacing: Theme.roomy

        Pictogram {
            id: hand

            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.px(220)
            glyph: Glyphs.handPointing
            color: Theme.gold

            SequentialAnimation on anchors.horizontalCenterOffset {
                running: rest.visible && !Theme.reducedMotion
                loops: Animation.Infinite

                NumberAnimation {
                    to: Theme.px(14)
                    duration: Theme.breath / 2
                    easing.type: Easing.InOutSine
                }

                NumberAnimation {
                    to: -Theme.px(14)
                    duration: Theme.breath / 2
                    easing.type: Easing.InOutSine
                }
            }
        }

        Words {
            width: parent.width
            text: qsTr("Touch the screen")
            color: Theme.white
            font.pixelSize: Theme.huge
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1
        }

        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Theme.px(1280))
            text: qsTr("Talk face to face with an agent of a public service. It is free, and nothing is recorded.")
            color: Theme.white
            font.pixelSize: Theme.heading
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.margin
        spacing: Theme.gap

        Repeater {
            model: rest.tiles

            AgencyDisc {

                width: Math.min(Theme.disc, (rest.width - 2 * Theme.margin) / rest.tiles.count - Theme.gap)
                border.color: Theme.white
                border.width: Theme.line
            }
        }
    }
}
