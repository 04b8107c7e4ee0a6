// What has just come under the finger takes no touch for a moment: the second tap of a double one,
// or a finger on its way to what stood there before, was not meant for it. Keys and a screen
// reader's presses are: they go to a control, not to a place.
import QtQuick

MultiPointTouchArea {
    id: pause

    // What is shown below; each change of it begins a pause.
    required property var scene
    // The slower of double taps, and a hand that is on its way already, in milliseconds.
    property int interval: 500

    function begin(): void {
        passing.restart();
    }

    function end(): void {
        passing.stop();
    }

    objectName: "touch_pause"
    anchors.fill: parent
    z: 1
    visible: passing.running
    onSceneChanged: pause.begin()

    Timer {
        id: passing

        interval: pause.interval
    }
}
