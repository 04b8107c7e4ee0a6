// The loudspeaker: softer, how loud, louder.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

Row {
    id: control

    required property int volume

    readonly property string said: qsTr("Volume %1 out of 10").arg(control.volume)

    signal wanted(volume: int)

    spacing: Theme.px(14)

    CallButton {
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(152)
        glyph: Glyphs.minus
        text: qsTr("Less")
        Accessible.name: qsTr("Less loud")
        Accessible.description: control.said
        onClicked: control.wanted(Math.max(0, control.volume - 1))
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.tight
        Accessible.role: Accessible.StaticText
        Accessible.name: control.said

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.tight

            Pictogram {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.px(46)
                glyph: control.volume === 0 ? Glyphs.speakerSlash : Glyphs.speakerHigh
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Sound")
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.px(4)

            Repeater {
                model: 10

                Rectangle {
                    required property int index

                    anchors.bottom: parent.bottom
                    width: Theme.px(10)
                    height: Theme.px(14 + 3 * index)
                    radius: Theme.px(3)
                    color: index < control.volume ? Theme.teal : "transparent"
                    border.color: index < control.volume ? Theme.teal : Theme.edge
                    border.width: Theme.hair
                }
            }
        }
    }

    CallButton {
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(152)
        glyph: Glyphs.plus
        text: qsTr("More")
        Accessible.name: qsTr("Louder")
        Accessible.description: control.said
        onClicked: control.wanted(Math.min(10, control.volume + 1))
    }
}
