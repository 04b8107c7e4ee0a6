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
        case "slow":
            return qsTr("Slow down");
        case "restart":
            return qsTr("Restart");
        case "lift":
            return qsTr("Pick up");
        case "hang_up":
            return qsTr("Hang up");
        case "speak":
            return qsTr("Speak");
        case "silence":
            return qsTr("Silence");
        case "clip":
            return qsTr("Too loud");
        case "empty":
            return qsTr("Take the paper out");
        case "refill":
            return qsTr("Put paper in");
        case "low":
            return qsTr("Little paper");
        case "jam":
            return qsTr("Jam");
        case "unjam":
            return qsTr("Clear the jam");
        case "toner":
            return qsTr("Toner");
        case "open":
            return qsTr("Open");
        case "close":
            return qsTr("Close");
        case "pause":
            return qsTr("Pause");
        case "resume":
            return qsTr("Resume");
        case "present":
            return qsTr("Present");
        case "remove":
            return qsTr("Take away");
        case "show":
            return qsTr("Show");
        case "mute":
            return qsTr("Answer no more");
        case "answer":
            return qsTr("Answer again");
        case "take":
            return qsTr("Take the ticket");
        case "page":
            return qsTr("Lay a sheet");
        case "move":
            return qsTr("Move the sheet");
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
