// The dock: a panel that slides in from the right with the simulated devices, beside what runs.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

FocusScope {
    id: panel

    required property DockModel dock
    // Something needs the whole screen: the handle is out of its way.
    required property bool away

    readonly property RowsModel devices: panel.dock.devices as RowsModel
    // Part of it that is out, 0 to 1.
    property real out: panel.dock.open ? 1 : 0

    signal done(device: string, action: string, argument: string)

    width: Theme.dock
    x: parent.width - width * out
    visible: panel.dock.asked
    enabled: panel.dock.open
    focus: panel.dock.open

    Behavior on out {
        NumberAnimation {
            duration: Theme.calm
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        anchors.fill: parent
        visible: panel.out > 0
        color: Theme.paper
        border.color: Theme.edge
        border.width: Theme.hair
        Accessible.role: Accessible.Pane
        Accessible.name: heading.text

        // What lies below takes no touch through it.
        MouseArea {
            anchors.fill: parent
        }

        Title {
            id: heading

            x: Theme.gap
            y: Theme.gap
            width: parent.width - 2 * Theme.gap
            sentence: qsTr("Simulated devices")
            font.pixelSize: Theme.body
        }

        Words {
            id: nothing

            anchors.top: heading.bottom
            anchors.topMargin: Theme.gap
            x: Theme.gap
            width: parent.width - 2 * Theme.gap
            visible: panel.devices.count === 0
            text: qsTr("No device of this booth is simulated.")
            font.pixelSize: Theme.small
        }

        ScrollArea {
            anchors.top: heading.bottom
            anchors.topMargin: Theme.gap
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.snug
            x: Theme.gap
            width: parent.width - 2 * Theme.gap

            Column {
                width: parent.width
                spacing: Theme.gap

                Repeater {
                    model: panel.devices

                    DockDevice {
                        width: parent.width
                        onDone: (action, argument) => panel.done(kind, action, argument)
                    }
                }
            }
        }
    }

    DockHandle {
        id: handle

        parent: panel.parent
        x: panel.x - width
        anchors.verticalCenter: parent.verticalCenter
        visible: panel.dock.asked && !panel.away
        open: panel.dock.open
        onClicked: panel.dock.toggle()
    }
}
