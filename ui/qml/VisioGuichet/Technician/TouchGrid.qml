// The touch screen's test: every field fills under the finger; who can't fill them all gets out.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: grid

    // Nothing new for so long: a way out is offered in the middle, and then taken by itself.
    property int offerAfterMs: 6000
    property int leaveAfterMs: 25000

    readonly property int columns: Math.max(1, Math.floor(grid.width / Theme.touchField))
    readonly property int rows: Math.max(1, Math.floor(grid.height / Theme.touchField))
    readonly property int fields: grid.columns * grid.rows
    property int touched: 0
    property bool ended: false
    property bool good: false

    signal done(good: bool)

    function end(good: bool): void {
        if (grid.ended)
            return;
        grid.ended = true;
        grid.good = good;
        farewell.start();
    }

    function touchAt(x: real, y: real): void {
        const column = Math.min(grid.columns - 1, Math.max(0, Math.floor(x * grid.columns / grid.width)));
        const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(y * grid.rows / grid.height)));
        const field = cells.itemAt(row * grid.columns + column) as TouchField;
        if (field === null || field.filled)
            return;
        field.filled = true;
        grid.touched += 1;
        patience.restart();
        offer.restart();
        if (grid.touched === grid.fields)
            grid.end(true);
    }

    // A quick finger is told of at a few places only: what lies between was touched, too.
    function touchAlong(point: TouchPoint): void {
        const across = point.x - point.previousX;
        const down = point.y - point.previousY;
        const parts = Math.max(1, Math.ceil(2 * Math.hypot(across, down) / Theme.touchField));
        for (let part = 1; part <= parts; part++)
            grid.touchAt(point.previousX + across * part / parts, point.previousY + down * part / parts);
    }

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: said.text
    Keys.onEscapePressed: grid.end(false)

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    Grid {
        columns: grid.columns

        Repeater {
            id: cells

            model: grid.fields

            TouchField {
                width: grid.width / grid.columns
                height: grid.height / grid.rows
            }
        }
    }

    MultiPointTouchArea {
        anchors.fill: parent
        onPressed: points => points.forEach(point => grid.touchAt(point.x, point.y))
        onUpdated: points => points.forEach(point => grid.touchAlong(point))
    }

    Rectangle {
        anchors.centerIn: parent
        width: inside.width + 2 * Theme.wide
        height: inside.height + 2 * Theme.snug
        radius: Theme.corner
        color: Theme.paper
        border.color: Theme.edge
        border.width: Theme.hair
        // The fields below are touched through it.
        opacity: 0.8

        Column {
            id: inside

            anchors.centerIn: parent
            spacing: Theme.snug

            Words {
                id: said

                anchors.horizontalCenter: parent.horizontalCenter
                text: qsTr("Pass over every field: %1 of %2").arg(grid.touched).arg(grid.fields)
                font.pixelSize: Theme.secondary
                font.bold: true
                wrapMode: Text.NoWrap
            }

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: qsTr("Escape on a keyboard, or no touch for a while, ends the test.")
                font.pixelSize: Theme.small
                wrapMode: Text.NoWrap
            }
        }
    }

    ToolButton {
        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height / 2 + Theme.px(80)
        visible: !offer.running
        focus: true
        glyph: Glyphs.xCircle
        text: qsTr("It does not work")
        onClicked: grid.end(false)
    }

    Timer {
        id: offer

        interval: grid.offerAfterMs
        running: true
    }

    // Not from within the touch that filled the last field: its listener goes with this item.
    Timer {
        id: farewell

        interval: Theme.brief
        onTriggered: grid.done(grid.good)
    }

    Timer {
        id: patience

        interval: grid.leaveAfterMs
        running: true
        onTriggered: grid.end(false)
    }
}
