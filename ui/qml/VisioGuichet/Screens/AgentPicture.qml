// The agent, edge to edge; in their place, while there is no picture, what is going on.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: area

    required property CallModel call
    // Whether what is laid in here shows something: nobody knows sooner than the picture itself.
    required property bool live
    // Room at the bottom, in pixels, that words are kept out of: something else lies there.
    property real taken: 0
    // Small, beside something that is looked at.
    property bool compact: false
    default property alias picture: frame.data

    color: Theme.ink
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("The agent's picture")

    Item {
        id: frame

        anchors.fill: parent
    }

    Rectangle {
        anchors.fill: parent
        visible: !area.live && !area.call.slowed
        color: Theme.ink
    }

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -area.taken / 2
        width: parent.width - 2 * (area.compact ? Theme.snug : Theme.margin)
        spacing: Theme.gap
        visible: !area.live && !area.call.slowed

        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.px(area.taken > 0 || area.compact ? 96 : 200)
            glyph: Glyphs.user
            color: Theme.mist
        }

        Words {
            width: parent.width
            text: qsTr("The agent is with you. The picture is on its way.")
            color: Theme.white
            font.pixelSize: area.compact ? Theme.secondary : Theme.button
            horizontalAlignment: Text.AlignHCenter
        }
    }

    Rectangle {
        anchors.fill: parent
        visible: area.call.slowed
        color: Theme.veil

        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * (area.compact ? Theme.snug : Theme.margin)
            spacing: Theme.gap

            Title {
                width: parent.width
                sentence: qsTr("The connection is slow")
                color: Theme.white
                font.pixelSize: area.compact ? Theme.button : Theme.title
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                visible: !area.compact
                text: qsTr("One moment, it is coming back. Stay here.")
                color: Theme.white
                font.pixelSize: Theme.button
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
