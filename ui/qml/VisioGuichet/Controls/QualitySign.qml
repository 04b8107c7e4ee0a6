// How the connection is: three bars and a word, so that colour says nothing alone.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

Row {
    id: sign

    // A value of Quality.
    required property string quality

    readonly property int lit: quality === "good" ? 3 : quality === "fair" ? 2 : 1
    readonly property string words: quality === "good" ? qsTr("Good\nconnection") : quality === "fair" ? qsTr("Fair\nconnection") : qsTr("Weak\nconnection")

    spacing: Theme.snug
    Accessible.role: Accessible.StaticText
    Accessible.name: words.replace("\n", " ")

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(6)

        Repeater {
            model: 3

            Rectangle {
                required property int index

                anchors.bottom: parent.bottom
                width: Theme.px(16)
                height: Theme.px(26 + 20 * index)
                radius: Theme.px(4)
                color: index < sign.lit ? Theme.ink : "transparent"
                border.color: index < sign.lit ? Theme.ink : Theme.edge
                border.width: Theme.hair
            }
        }
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: sign.words
        lineHeight: 1
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
