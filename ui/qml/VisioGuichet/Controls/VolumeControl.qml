// The loudspeaker: softer, how loud, louder.
import QtQuick
import VisioGuichet.Theme

Row {
    id: control

    required property int volume

    signal wanted(volume: int)

    spacing: Theme.snug

    CallButton {
        anchors.verticalCenter: parent.verticalCenter
        implicitWidth: Theme.px(150)
        glyph: Glyphs.minus
        text: qsTr("Softer")
        Accessible.description: level.said
        onClicked: control.wanted(Math.max(0, control.volume - 1))
    }

    Column {
        id: level

        readonly property string said: qsTr("Volume %1 out of 10").arg(control.volume)

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.tight
        Accessible.role: Accessible.StaticText
        Accessible.name: said

        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            size: Theme.px(52)
            glyph: control.volume === 0 ? Glyphs.speakerSlash : Glyphs.speakerHigh
        }

        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.px(5)

            Repeater {
                model: 10

                Rectangle {
                    required property int index

                    anchors.bottom: parent.bottom
                    width: Theme.px(11)
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
        implicitWidth: Theme.px(150)
        glyph: Glyphs.plus
        text: qsTr("Louder")
        Accessible.description: level.said
        onClicked: control.wanted(Math.min(10, control.volume + 1))
    }
}
