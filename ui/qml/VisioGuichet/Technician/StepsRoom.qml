// A list of steps that runs by itself: the opening, the network's test, the rehearsal.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RoomFrame {
    id: room

    readonly property RowsModel steps: room.technician.steps as RowsModel
    readonly property bool opening: room.technician.room === "opening"
    readonly property bool running: room.technician.stepsRunning

    signal again
    signal leaveWanted

    title: {
        switch (room.technician.room) {
        case "opening":
            return qsTr("The booth prepares for the tests");
        case "network":
            return qsTr("Test of the network");
        default:
            return qsTr("Rehearsal of a call");
        }
    }
    over: {
        if (room.opening)
            return qsTr("Each part says that it is ready.");
        if (room.running)
            return qsTr("Running: nothing to do.");
        if (room.technician.stepsFailed > 0)
            return qsTr("%n steps failed.", "", room.technician.stepsFailed);
        return room.technician.stepsAborted > 0 ? qsTr("Interrupted.") : qsTr("Finished.");
    }

    ScrollArea {
        anchors.fill: parent

        Grid {
            id: list

            readonly property real share: (parent.width - (columns - 1) * columnSpacing) / columns

            columns: Theme.portrait || room.steps.count < 6 ? 1 : 2
            flow: Grid.TopToBottom
            rows: Math.ceil(room.steps.count / columns)
            columnSpacing: Theme.wide
            rowSpacing: Theme.tight

            Repeater {
                model: room.steps

                StepRow {
                    width: list.share
                }
            }
        }
    }

    back: ToolButton {
        focus: room.opening || room.running
        glyph: Glyphs.arrowLeft
        text: room.opening ? qsTr("Leave") : room.running ? qsTr("Stop") : qsTr("Devices")
        onClicked: room.leaveWanted()
    }

    ways: ToolButton {
        visible: !room.opening && !room.running
        focus: visible
        kind: ActionButton.Kind.Main
        glyph: Glyphs.renew
        text: qsTr("Start again")
        onClicked: room.again()
    }
}
