// A screen of waiting: the breathing ring on one side, what it stands for on the other.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property AgencyModel agency
    // An item of the ring's size, drawn by the screen.
    property alias ring: ring.data
    property alias beside: beside.data
    readonly property alias besideWidth: beside.width

    portraitTop: Theme.px(440)

    Item {
        id: ring

        readonly property real room: Theme.portrait ? parent.height - badge.height - beside.height - 2 * Theme.roomy : parent.height

        x: Theme.portrait ? (parent.width - width) / 2 : Theme.px(72)
        y: Theme.portrait ? badge.y + badge.height + Theme.roomy : (parent.height - height) / 2
        width: Math.min(Theme.px(Theme.portrait ? 560 : 480), room)
        height: width
    }

    AgencyBadge {
        id: badge

        x: Theme.portrait ? 0 : parent.width * 0.44
        y: Math.max(0, (parent.height - (Theme.portrait ? height + ring.height + beside.height + 2 * Theme.roomy : height + Theme.wide + beside.height)) / 2)
        width: parent.width - x
        agency: screen.agency
    }

    Column {
        id: beside

        x: badge.x
        y: Theme.portrait ? ring.y + ring.height + Theme.roomy : badge.y + badge.height + Theme.wide
        width: badge.width
        spacing: Theme.gap
    }
}
