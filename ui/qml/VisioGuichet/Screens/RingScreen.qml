// A screen of waiting: the breathing ring on one side, what it stands for on the other.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property AgencyModel agency
    property alias ring: ring.content
    property alias beside: beside.data

    portraitTop: Theme.px(440)

    BreathingRing {
        id: ring

        x: Theme.portrait ? (parent.width - width) / 2 : Theme.px(40)
        y: Theme.portrait ? badge.height + Theme.roomy : (parent.height - height) / 2
        width: Math.min(Theme.px(540), parent.height)
        height: width
    }

    AgencyBadge {
        id: badge

        x: Theme.portrait ? 0 : parent.width * 0.44
        y: Theme.portrait ? 0 : Math.max(0, (parent.height - height - Theme.wide - beside.height) / 2)
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
