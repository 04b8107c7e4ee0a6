// How many digits were typed, and nothing of which.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

Row {
    id: dots

    required property int count

    // A PIN has six digits or more; the places of the seventh and later come as they are typed.
    readonly property int places: Math.max(6, dots.count)

    spacing: Theme.snug
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%n digits typed", "", dots.count)

    Repeater {
        model: dots.places

        Rectangle {
            required property int index

            width: Theme.px(36)
            height: width
            radius: width / 2
            color: index < dots.count ? Theme.ink : "transparent"
            border.color: index < dots.count ? Theme.ink : Theme.edge
            border.width: Theme.line
        }
    }
}
