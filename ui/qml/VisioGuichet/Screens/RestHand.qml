// The hand that invites to touch; it sways slowly, and never blinks.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Item {
    id: hand

    required property bool moving

    implicitWidth: Theme.px(220)
    implicitHeight: implicitWidth

    Pictogram {
        id: sign

        size: hand.implicitWidth
        glyph: Glyphs.handPointing
        color: Theme.gold

        SequentialAnimation on x {
            running: hand.moving && !Theme.reducedMotion
            loops: Animation.Infinite

            NumberAnimation {
                to: Theme.px(14)
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }

            NumberAnimation {
                to: -Theme.px(14)
                duration: Theme.breath / 2
                easing.type: Easing.InOutSine
            }
        }
    }
}
