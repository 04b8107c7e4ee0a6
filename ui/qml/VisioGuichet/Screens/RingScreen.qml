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
    property alias besideSpacing: beside.spacing

    // A smaller ring is a smear under its own words: portrait leaves it out for more to read.
    readonly property bool ringFits: !Theme.portrait || ring.room >= Theme.px(400)
    // The agency and what is said beneath it.
    readonly property real between: !Theme.portrait ? Math.min(Theme.wide, 2 * beside.spacing) : screen.ringFits ? ring.height + 2 * Theme.roomy : Theme.roomy

    portraitTop: Theme.px(440)

    Item {
        id: ring

        readonly property real room: parent.height - badge.height - beside.height - 2 * Theme.roomy

        visible: screen.ringFits
        x: Theme.portrait ? (parent.width - width) / 2 : Theme.px(72)
        y: Theme.portrait ? badge.y + badge.height + Theme.roomy : (parent.height - height) / 2
        width: Theme.portrait ? Math.max(0, Math.min(Theme.px(560), room)) : Math.min(Theme.px(480), parent.height)
        height: width
    }

    AgencyBadge {
        id: badge

        x: Theme.portrait ? 0 : parent.width * 0.44
        y: Math.max(0, (parent.height - height - screen.between - scroll.height) / 2)
        width: parent.width - x
        agency: screen.agency
    }

    // What is more than the place for it: the ring in portrait gives way first.
    ArrowScroll {
        id: scroll

        x: badge.x
        y: badge.y + badge.height + screen.between
        width: badge.width
        height: Math.min(beside.height, parent.height - badge.height - (Theme.portrait ? Theme.roomy : screen.between))

        Column {
            id: beside

            width: scroll.innerWidth
            spacing: Theme.gap
        }
    }
}
