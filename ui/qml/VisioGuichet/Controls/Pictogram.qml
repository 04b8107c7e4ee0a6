// A sign of the Phosphor font; silent for screen readers, because a word stands beside it.
import QtQuick
import VisioGuichet.Theme

Text {
    required property string glyph
    property int size: Theme.button

    text: glyph
    color: Theme.ink
    font.family: Glyphs.family
    font.pixelSize: size
    width: size
    height: size
    horizontalAlignment: Text.AlignHCenter
    verticalAlignment: Text.AlignVCenter
    Accessible.ignored: true
}
