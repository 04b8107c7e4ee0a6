// One field of the touch test: filled once it was touched, with a tick so that colour is not alone.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: field

    property bool filled: false

    color: field.filled ? Theme.teal : Theme.mist
    border.color: Theme.edge
    border.width: Theme.hair

    Pictogram {
        anchors.centerIn: parent
        visible: field.filled
        glyph: Glyphs.check
        color: Theme.white
    }
}
