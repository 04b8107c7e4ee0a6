// What the agent sees: the resident, mirrored, or in words why there is nothing.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: view

    required property bool cameraWorking
    required property bool muted
    default property alias picture: frame.data

    width: Theme.selfView + 2 * border.width
    height: Math.round(Theme.selfView * 9 / 16) + 2 * border.width
    color: Theme.ink
    border.color: Theme.white
    border.width: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: view.cameraWorking ? qsTr("Your picture, as the agent sees it") : qsTr("The agent does not see you")

    Item {
        id: frame

        anchors.fill: parent
        anchors.margins: view.border.width
        visible: view.cameraWorking
    }

    Pictogram {
        anchors.centerIn: parent
        visible: !view.cameraWorking
        size: Theme.px(72)
        glyph: Glyphs.cameraSlash
        color: Theme.white
    }
}
