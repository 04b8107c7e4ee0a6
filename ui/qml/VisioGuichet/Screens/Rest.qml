// Home when nobody has touched it for a minute: an invitation that is read from across the room.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: rest

    required property TilesModel tiles
    // Every service is closed: darker, and fewer words.
    required property bool dimmed
    required property bool drifting

    readonly property color lettering: rest.dimmed ? Theme.mistPressed : Theme.white

    color: rest.dimmed ? Theme.night : Theme.teal

    Drift {
        id: drift

        running: rest.visible && (rest.drifting || rest.dimmed)
        // There is room to go on a dark screen, and what stands there stands all night.
        across: rest.dimmed ? Math.round(rest.width / 8) : Theme.drift
        along: rest.dimmed ? Math.round(rest.height / 8) : Theme.drift
    }

    Item {
        id: scene

        x: drift.x
        y: drift.y
        width: parent.width
        height: parent.height

        Column {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: Theme.portrait ? 0 : -Theme.px(30)
            width: rest.dimmed ? parent.width * 0.7 : parent.width - 2 * Theme.margin
            spacing: Theme.roomy

            RestHand {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: !rest.dimmed
                moving: rest.visible
            }

            Words {
                width: parent.width
                text: qsTr("Touch the screen")
                color: rest.lettering
                font.pixelSize: rest.dimmed ? Theme.title : Theme.huge
                font.bold: !rest.dimmed
                horizontalAlignment: Text.AlignHCenter
                lineHeight: 1
            }

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, Theme.px(1280))
                text: rest.dimmed ? qsTr("The services are closed for now. Touch to see when they open.") : qsTr("Talk face to face with an agent of a public service. It is free, and nothing is recorded.")
                color: rest.lettering
                font.pixelSize: rest.dimmed ? Theme.body : Theme.heading
                horizontalAlignment: Text.AlignHCenter
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            visible: !rest.dimmed
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
}
