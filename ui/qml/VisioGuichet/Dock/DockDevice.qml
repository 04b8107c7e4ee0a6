// One simulated device on the dock: what it is, how it is, and what can be done to it.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Column {
    id: device

    required property string kind
    required property string stands
    required property list<string> actions
    required property list<string> takes

    signal done(action: string, argument: string)

    spacing: Theme.tight
    Accessible.role: Accessible.Grouping
    Accessible.name: DeviceKinds.words(device.kind)

    Row {
        spacing: Theme.tight

        Pictogram {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.button
            glyph: DeviceKinds.glyph(device.kind)
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, device.width - Theme.button - Theme.tight)
            text: qsTr("%1: %2").arg(DeviceKinds.words(device.kind)).arg(DockWords.state(device.stands))
            font.pixelSize: Theme.small
            font.bold: true
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.tight

        Repeater {
            model: device.actions

            DockAction {
                required property int index
                required property string modelData

                name: modelData
                takes: device.takes[index] ?? ""
                most: device.width
                onDone: argument => device.done(name, argument)
            }
        }
    }
}
