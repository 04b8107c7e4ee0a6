// Something that the resident should know, beside what they came for: a sign and a sentence.
import QtQuick
import VisioGuichet.Theme

Rectangle {
    id: notice

    required property string glyph
    required property string text
    property color tint: Theme.ink

    implicitHeight: Math.max(Theme.px(88), said.implicitHeight + 2 * Theme.snug)
    radius: Theme.corner
    color: Theme.mist

    Pictogram {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.px(52)
        glyph: notice.glyph
        color: notice.tint
    }

    Words {
        id: said

        anchors.left: sign.right
        anchors.leftMargin: Theme.snug
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: notice.text

        Spoken {
            words: notice.text
            atFirst: true
        }
    }
}
