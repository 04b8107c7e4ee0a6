// The dock's handle at the edge of the screen; F12 does the same.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

T.AbstractButton {
    id: handle

    required property bool open

    width: Theme.dockHandle
    height: 2 * width
    text: handle.open ? qsTr("Put the dock away") : qsTr("Bring out the dock")
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: handle.clicked()

    background: Rectangle {
        radius: Theme.tight
        color: handle.down ? Theme.tealPressed : Theme.teal
        opacity: 0.8
    }

    contentItem: Item {
        Pictogram {
            anchors.centerIn: parent
            size: Theme.small
            glyph: handle.open ? Glyphs.caretRight : Glyphs.caretLeft
            color: Theme.white
        }
    }
}
