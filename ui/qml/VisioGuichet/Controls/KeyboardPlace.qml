// Where the on-screen keyboard stands: at the foot of a screen, no higher than what is shown of it.
import QtQuick
import VisioGuichet.Theme

Item {
    id: place

    // A field that wants it is on the screen.
    property bool wanted: true

    height: keys.shown !== null && keys.shown.visible ? keys.height : 0

    Rectangle {
        anchors.fill: parent
        color: Theme.mist
    }

    Loader {
        id: keys

        readonly property OnScreenKeyboard shown: item as OnScreenKeyboard

        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, Theme.keyboard)
        active: place.wanted
        sourceComponent: OnScreenKeyboard {}
    }
}
