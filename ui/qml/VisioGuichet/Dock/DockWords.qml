// What is done to simulated devices, in words; an action that this file does not know keeps its name.
pragma Singleton

import QtQuick

QtObject {
    function action(name: string): string {
        switch (name) {
        case "plug":
            return qsTr("Plug in");
        case "unplug":
            return qsTr("Unplug");
        case "freeze":
            return qsTr("Freeze");
        case "thaw":
            return qsTr("Unfreeze");
        case "jam":
            return qsTr("Jam");
        case "empty":
            return qsTr("Take the paper out");
        case "refill":
            return qsTr("Put paper in");
        case "present":
            return qsTr("Present");
        case "remove":
            return qsTr("Take away");
        case "lift":
            return qsTr("Pick up");
        case "slow":
            return qsTr("Slow down");
        default:
            return name.replace(/_/g, " ");
        }
    }

    function state(value: string): string {
        switch (value) {
        case "online":
            return qsTr("connected");
        case "offline":
            return qsTr("does not answer");
        case "powerOff":
            return qsTr("switched off");
        case "noDevice":
            return qsTr("unplugged");
        case "hardwareError":
            return qsTr("broken down");
        case "userError":
            return qsTr("needs a hand");
        case "deviceBusy":
            return qsTr("busy");
        case "starting":
            return qsTr("starting");
        default:
            return qsTr("not known");
        }
    }
}
