// A button of the technician's screens: lower than a resident's, with the same signs and states.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

ActionButton {
    kind: ActionButton.Kind.Quiet
    implicitWidth: Math.max(Theme.px(200), contentItem.implicitWidth + 2 * Theme.px(18))
    implicitHeight: Theme.tool
    lettersSize: Theme.secondary
}
