// Every device with its condition and its last test, and the ways to the other rooms.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RoomFrame {
    id: overview

    readonly property bool crashShown: overview.technician.crashed.length > 0
    readonly property int columns: Theme.portrait ? 1 : 2

    signal testWanted(kind: string)
    signal gone(room: string)
    signal crashRead
    signal leaveWanted

    title: qsTr("State of the booth")
    portraitTop: Theme.px(200)

    ScrollArea {
        anchors.fill: parent
        enabled: !overview.crashShown

        Grid {
            id: cards

            readonly property real share: (parent.width - (columns - 1) * columnSpacing) / columns

            columns: overview.columns
            columnSpacing: Theme.gap
            rowSpacing: Theme.tight

            Repeater {
                model: overview.technician.devices as RowsModel

                DeviceCard {
                    width: cards.share
                    onTestWanted: overview.testWanted(kind)
                }
            }
        }
    }

    Rectangle {
        parent: overview
        anchors.fill: parent
        visible: overview.crashShown
        color: Theme.veil

        CrashNote {
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.margin, Theme.px(1200))
            focus: overview.crashShown
            words: overview.technician.crashed
            onRead: overview.crashRead()
        }
    }

    back: ToolButton {
        enabled: !overview.crashShown
        glyph: Glyphs.signOut
        text: qsTr("Leave")
        onClicked: overview.leaveWanted()
    }

    ways: [
        ToolButton {
            focus: !overview.crashShown
            enabled: !overview.crashShown
            glyph: Glyphs.fileText
            text: qsTr("Report")
            onClicked: overview.gone("report")
        },
        ToolButton {
            enabled: !overview.crashShown
            glyph: Glyphs.videoCamera
            text: qsTr("Rehearsal")
            onClicked: overview.gone("rehearsal")
        },
        ToolButton {
            enabled: !overview.crashShown
            glyph: Glyphs.wifiHigh
            text: qsTr("Network")
            onClicked: overview.gone("network")
        }
    ]
}
