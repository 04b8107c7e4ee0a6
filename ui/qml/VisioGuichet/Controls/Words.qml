// Text in the booth's type, wrapped, dark on paper.
import QtQuick
import VisioGuichet.Theme

Text {
    color: Theme.ink
    font.family: Theme.family
    font.pixelSize: Theme.body
    wrapMode: Text.WordWrap
    textFormat: Text.PlainText
    lineHeight: 1.12
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
