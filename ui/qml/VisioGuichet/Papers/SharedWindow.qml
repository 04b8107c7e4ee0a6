// The window that the agent shares, whole, with a gold ring where the agent points.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme
import VisioGuichet.Video

Rectangle {
    id: shared

    required property CallModel call
    required property Component sharedView

    color: Theme.ink
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("What the agent shows you")

    Words {
        id: caption

        x: Theme.wide
        y: Theme.snug
        width: parent.width - 2 * Theme.wide
        text: loader.seen ? qsTr("The agent shows you this on their screen.") : qsTr("The agent wants to show you something. It is on its way.")
        color: Theme.white
        Accessible.ignored: true
    }

    Item {
        id: place

        anchors.top: caption.bottom
        anchors.topMargin: Theme.snug
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.snug
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.snug
        anchors.rightMargin: Theme.snug

        Loader {
            id: loader

            readonly property PictureView view: item as PictureView
            readonly property bool seen: view !== null && view.hasPicture
            readonly property real aspect: view === null || view.aspect <= 0 ? 16 / 9 : view.aspect

            anchors.centerIn: parent
            width: Math.min(place.width, place.height * aspect)
            height: width / aspect
            sourceComponent: shared.sharedView
        }

        Rectangle {
            id: ring

            objectName: "pointer"
            x: loader.x + shared.call.pointer.x * loader.width - width / 2
            y: loader.y + shared.call.pointer.y * loader.height - height / 2
            width: Theme.px(88)
            height: width
            radius: width / 2
            visible: shared.call.pointing && loader.seen
            color: "transparent"
            border.color: Theme.ink
            border.width: Theme.px(16)

            Rectangle {
                anchors.fill: parent
                anchors.margins: Theme.px(4)
                radius: width / 2
                color: "transparent"
                border.color: Theme.gold
                border.width: Theme.px(8)
            }
        }
    }
}
