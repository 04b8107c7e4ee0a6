// The keyboard's place: gold inside ink, visible on every surface.
import QtQuick
import VisioGuichet.Theme

Rectangle {
    id: ring

    property bool shown: false

    anchors.fill: parent
    anchors.margins: -Theme.px(10)
    visible: ring.shown
    color: "transparent"
    radius: Theme.corner + Theme.px(10)
    border.color: Theme.ink
    border.width: Theme.line + 2 * Theme.hair

    Rectangle {
        anchors.fill: parent
        anchors.margins: Theme.hair
        color: "transparent"
        radius: ring.radius - Theme.hair
        border.color: Theme.gold
        border.width: Theme.line
    }
}
