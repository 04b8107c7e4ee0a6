// What does not work, one line each, what is missed most first; never so many that they fill a screen.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Theme

Column {
    id: list

    // Values of `DeviceKind`.
    required property var devices
    property int most: 2
    property real corner: Theme.corner

    readonly property var told: ["loudspeaker", "microphone", "camera", "document_printer", "document_camera", "ticket_printer", "handset"].filter(device => list.devices.indexOf(device) >= 0).slice(0, list.most)

    spacing: Theme.gap
    visible: told.length > 0

    Repeater {
        model: list.told

        LostDevice {
            required property string modelData

            width: list.width
            device: modelData
            radius: list.corner
        }
    }
}
