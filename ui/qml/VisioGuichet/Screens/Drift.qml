// Moves what stands still for hours, a little and now and then, so that no panel keeps its shadow.
import QtQuick

QtObject {
    id: drift

    required property bool running
    // How far to each side, and up and down.
    required property real across
    required property real along
    property int everyMs: 90000

    // Eight places round the middle, and the middle: none is twice as often lit as another.
    readonly property list<point> places: [Qt.point(0, 0), Qt.point(1, 0), Qt.point(1, 1), Qt.point(0, 1), Qt.point(-1, 1), Qt.point(-1, 0), Qt.point(-1, -1), Qt.point(0, -1), Qt.point(1, -1)]
    property int place: 0
    readonly property real x: drift.running ? drift.places[drift.place].x * drift.across : 0
    readonly property real y: drift.running ? drift.places[drift.place].y * drift.along : 0

    readonly property Timer steps: Timer {
        interval: drift.everyMs
        running: drift.running
        repeat: true
        onTriggered: drift.place = (drift.place + 1) % drift.places.length
    }
}
