// Six places for the six digits of a code, in pairs as they are printed and said.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Row {
    id: places

    required property string digits

    spacing: Theme.tight
    Accessible.role: Accessible.StaticText
    Accessible.name: places.digits.length > 0 ? qsTr("Typed: %1").arg(places.digits.split("").join(" ")) : qsTr("No digit typed yet")

    Repeater {
        model: 6

        Item {
            id: place

            required property int index

            width: Theme.px(index % 2 === 1 && index < 5 ? 104 : 84)
            height: Theme.px(112)

            Rectangle {
                width: Theme.px(84)
                height: parent.height
                radius: Theme.corner / 2
                color: Theme.white
                border.color: place.index === places.digits.length ? Theme.teal : Theme.edge
                border.width: place.index === places.digits.length ? Theme.px(6) : Theme.hair

                Words {
                    anchors.centerIn: parent
                    text: places.digits.charAt(place.index)
                    font.pixelSize: Theme.title
                    font.bold: true
                    lineHeight: 1
                    Accessible.ignored: true
                }
            }
        }
    }
}
