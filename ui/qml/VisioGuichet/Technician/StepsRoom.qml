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
    readonly property string stands: {
        if (room.opening)
            return qsTr("Each part says that it is ready.");
        if (room.running)
            return qsTr("Running: nothing to do.");
        if (room.technician.stepsFailed > 0)
            return qsTr("%n steps failed.", "", room.technician.stepsFailed);
        return room.technician.stepsAborted > 0 ? qsTr("Interrupted.") : qsTr("Finished.");
    }

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
    ScrollArea {
        anchors.fill: parent

        Row {
            id: list

            readonly property int columns: Theme.portrait || room.steps.count < 8 ? 1 : 2
            readonly property int perColumn: Math.ceil(room.steps.count / columns)

            width: parent.width
            spacing: Theme.gap

            Repeater {
                model: list.columns

                StepColumn {
                    required property int index

                    width: (list.width - (list.columns - 1) * list.spacing) / list.columns
                    steps: room.steps
                    first: index * list.perColumn
                    count: list.perColumn
                }
            }
        }
    }

    back: [
        ToolButton {
            focus: room.opening || room.running
            glyph: Glyphs.arrowLeft
            text: room.opening ? qsTr("Leave") : room.running ? qsTr("Stop") : qsTr("Devices")
            onClicked: room.leaveWanted()
        },
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: room.stands
            color: Theme.slate
            font.pixelSize: Theme.secondary
            wrapMode: Text.NoWrap
        }
    ]

    ways: ToolButton {
        visible: !room.opening && !room.running
        focus: visible
        kind: ActionButton.Kind.Main
        glyph: Glyphs.renew
        text: qsTr("Start again")
        onClicked: room.again()
    }
}
