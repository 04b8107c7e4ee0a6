// Near the end of the technician's time: how long until Home, for who reads and has not touched.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: note

    required property TechnicianModel technician

    // The last half minute; nobody is hurried before.
    visible: note.technician.leavesInSeconds > 0 && note.technician.leavesInSeconds <= 30
    width: said.width + 2 * Theme.gap
    height: said.height + 2 * Theme.tight
    radius: Theme.corner / 2
    color: Theme.gold

    Words {
        id: said

        anchors.centerIn: parent
        text: qsTr("Start screen in %n s, unless you touch", "", note.technician.leavesInSeconds)
        font.pixelSize: Theme.small
        wrapMode: Text.NoWrap
    }
}
