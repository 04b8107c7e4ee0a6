// Who is on the screen: the agent's name and agency, on a solid plate.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: plate

    required property string agentName
    required property string agencyName
    property real most: Theme.px(760)

    width: Math.min(plate.most, Math.max(name.implicitWidth, agency.implicitWidth) + 2 * Theme.wide)
    height: lines.height + 2 * Theme.snug
    radius: Theme.corner
    color: Theme.ink

    Column {
        id: lines

        anchors.centerIn: parent
        width: parent.width - 2 * Theme.wide

        Words {
            id: name

            width: parent.width
            text: plate.agentName.length > 0 ? plate.agentName : qsTr("Your agent")
            color: Theme.white
            font.pixelSize: Theme.button
            font.bold: true
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }

        Words {
            id: agency

            width: parent.width
            text: plate.agencyName
            color: Theme.white
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
    }
}
