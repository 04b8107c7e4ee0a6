// How the connection is: three bars and a word, so that colour says nothing alone.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

Row {
    id: sign

    // A value of Quality.
    required property string quality
    property color tint: Theme.white

    readonly property int lit: quality === "good" ? 3 : quality === "fair" ? 2 : 1
    readonly property string words: quality === "good" ? qsTr("Good connection") : quality === "fair" ? qsTr("Fair connection") : qsTr("Weak connection")

    spacing: Theme.snug
    Accessible.role: Accessible.StaticText
    Accessible.name: words

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(4)

        Repeater {
            model: 3

            Rectangle {
                required property int index

                anchors.bottom: parent.bottom
                width: Theme.px(10)
                height: Theme.px(14 + 9 * index)
                radius: Theme.px(3)
                color: index < sign.lit ? sign.tint : "transparent"
                border.color: sign.tint
                border.width: Theme.hair
            }
        }
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: sign.words
        color: sign.tint
        font.pixelSize: Theme.secondary
        lineHeight: 1
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
