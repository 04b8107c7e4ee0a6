// Words that a place of fixed size must hold whole: long names get smaller, down to `least`.
import QtQuick
import VisioGuichet.Theme

Words {
    property int least: Theme.small

    lineHeight: 1
    fontSizeMode: Text.Fit
    minimumPixelSize: least
    elide: Text.ElideRight
}
