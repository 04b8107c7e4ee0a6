// The one short sentence that says what to do now.
import QtQuick
import VisioGuichet.Theme

Sentence {
    font.pixelSize: Theme.title
    font.bold: true
    lineHeight: 1.08
    Accessible.role: Accessible.Heading
}
