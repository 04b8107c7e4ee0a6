// Who is on the screen: the agent's name and agency, and how the connection is, on a solid plate.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: plate

    required property string agentName
    required property string agencyName
    required property int elapsedSeconds
    required property string quality
    property real most: Theme.px(760)
    property bool compact: false

    readonly property string elapsed: Math.floor(elapsedSeconds / 60) + ":" + String(elapsedSeconds % 60).padStart(2, "0")
    // In steps, so that the plate does not quiver as the seconds change.
    readonly property real needed: Math.ceil(Math.max(name.implicitWidth, agency.implicitWidth, sign.width) / Theme.gap) * Theme.gap

    width: plate.compact ? plate.most : Math.min(plate.most, plate.needed + 2 * Theme.wide)
    height: lines.height + 2 * Theme.snug
    radius: plate.compact ? 0 : Theme.corner
    color: Theme.ink

    Column {
        id: lines

        anchors.centerIn: parent
        width: parent.width - 2 * (plate.compact ? Theme.gap : Theme.wide)
        spacing: Theme.tight

        Words {
            id: name

            width: parent.width
            text: plate.agentName.length > 0 ? plate.agentName : qsTr("Your agent")
            color: Theme.white
            font.pixelSize: plate.compact ? Theme.body : Theme.button
            font.bold: true
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }

        Words {
            id: agency

            width: parent.width
            text: qsTr("%1 · for %2").arg(plate.agencyName).arg(plate.elapsed)
            color: Theme.white
            font.pixelSize: plate.compact ? Theme.secondary : Theme.body
            lineHeight: 1
            wrapMode: Text.NoWrap
            elide: Text.ElideMiddle
        }

        QualitySign {
            id: sign

            quality: plate.quality
        }
    }
}
