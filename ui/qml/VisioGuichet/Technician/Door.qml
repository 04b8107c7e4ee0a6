// The technician's door: a PIN on large keys, and in words what it costs to guess.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

RoomFrame {
    id: door

    readonly property int locked: door.technician.lockedForSeconds
    readonly property bool takesPin: door.technician.hasPin && door.locked === 0
    readonly property string wait: door.locked < 60 ? qsTr("%n seconds", "", door.locked) : qsTr("%n minutes", "", Math.ceil(door.locked / 60))

    signal entered(pin: string)
    signal leaveWanted

    title: qsTr("For the technician")
    portraitTop: Theme.px(500)

    Column {
        id: said

        x: 0
        y: Theme.portrait ? 0 : pad.y + (pad.height - height) / 2
        width: Theme.portrait ? parent.width : parent.width - pad.width - Theme.margin
        spacing: Theme.gap

        Words {
            width: parent.width
            text: {
                if (!door.technician.hasPin)
                    return qsTr("Hold your technician's card to the reader.");
                if (door.locked > 0)
                    return qsTr("Too many wrong codes. Try again in %1.").arg(door.wait);
                return qsTr("Hold your card to the reader, or enter your code.");
            }
            font.pixelSize: Theme.button
            font.bold: true
        }

        Words {
            width: parent.width
            visible: door.takesPin
            text: qsTr("%n tries left.", "", door.technician.triesLeft)
        }

        PinDots {
            visible: door.takesPin
            count: pad.count
        }
    }

    PinPad {
        id: pad

        x: Theme.portrait ? (parent.width - width) / 2 : parent.width - width
        y: Theme.portrait ? said.height + Theme.roomy : Math.max(0, (parent.height - height) / 2)
        visible: door.technician.hasPin
        enabled: door.takesPin
        opacity: enabled ? 1 : 0.35
        focus: true
        onEntered: pin => door.entered(pin)
    }

    SignPlate {
        anchors.fill: pad
        visible: !door.technician.hasPin
        glyph: Glyphs.identificationCard
    }

    back: ToolButton {
        glyph: Glyphs.arrowLeft
        text: qsTr("Back to the start")
        focus: !door.takesPin
        onClicked: door.leaveWanted()
    }
}
