// The live picture of the camera under test, whole and the right way round.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme
import VisioGuichet.Video

Rectangle {
    id: area

    required property Component testView

    readonly property PictureView view: picture.item as PictureView
    readonly property bool live: area.view !== null && area.view.hasPicture && !area.view.stalled

    color: Theme.ink
    Accessible.role: Accessible.Graphic
    Accessible.name: area.live ? qsTr("Live picture") : qsTr("No picture")

    Loader {
        id: picture

        anchors.fill: parent
        sourceComponent: area.testView
    }

    Column {
        anchors.centerIn: parent
        visible: !area.live
        spacing: Theme.snug

        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.huge
            glyph: Glyphs.cameraSlash
            color: Theme.white
        }

        Words {
            text: qsTr("No picture")
            color: Theme.white
            wrapMode: Text.NoWrap
        }
    }
}
