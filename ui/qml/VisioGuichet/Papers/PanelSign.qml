// A large sign in the place of a page, where a step has no page to show.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: place

    required property string glyph
    property color tint: Theme.teal
    // Under the sign, in large letters; may be empty.
    property string words: ""

    radius: Theme.corner
    color: Theme.mist

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.wide
        spacing: Theme.gap

        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Math.min(Theme.px(260), place.height * (place.words.length > 0 ? 0.45 : 0.6))
            glyph: place.glyph
            color: place.tint
        }

        Words {
            width: parent.width
            visible: text.length > 0
            text: place.words
            font.pixelSize: Theme.heading
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
