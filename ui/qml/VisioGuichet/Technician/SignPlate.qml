// A large sign where a picture would be: what the words beside it are about.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: plate

    required property string glyph

    radius: Theme.corner
    color: Theme.mist

    Pictogram {
        anchors.centerIn: parent
        size: Theme.px(220)
        glyph: plate.glyph
        color: Theme.teal
    }
}
