// In the queue: the place, an honest estimate or none, what to have at hand, a way out.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RingScreen {
    id: screen

    required property WaitingModel waiting
    required property bool lineUp
    // Values of `DeviceKind`.
    required property list<string> lost

    readonly property string wait: {
        const lowest = screen.waiting.lowestMinutes;
        const highest = screen.waiting.highestMinutes;
        if (highest < 0)
            return "";
        if (highest <= 1)
            return qsTr("Wait: about a minute");
        if (lowest === 0)
            return qsTr("Wait: less than %n minutes", "", highest);
        if (lowest === highest)
            return qsTr("Wait: about %n minutes", "", highest);
        return qsTr("Wait: between %1 and %n minutes", "", highest).arg(lowest);
    }

    signal cancelled

    title: qsTr("Stay here: an agent will answer you.")

    ring: BreathingRing {
        anchors.fill: parent

        Column {
            anchors.centerIn: parent
    
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: screen.waiting.position > 0
                text: qsTr("Your place")
                Accessible.ignored: true
            }
    
            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: screen.waiting.position > 0
                text: screen.waiting.position
                font.pixelSize: Theme.number
                font.bold: true
                lineHeight: 1
                Accessible.name: qsTr("Your place: %1").arg(screen.waiting.position)
            }
    
            Pictogram {
                visible: screen.waiting.position === 0
                size: Theme.huge
                glyph: Glyphs.hourglass
                color: Theme.teal
            }
        }
    }

    beside: [
        Words {
            width: parent.width
            text: {
                if (screen.waiting.position === 0)
                    return qsTr("Your place in the queue is being taken.");
                if (screen.waiting.position === 1)
                    return qsTr("You are next.");
                return qsTr("%n people go before you.", "", screen.waiting.position - 1);
            }
            font.pixelSize: Theme.heading
            font.bold: true
        },
        Words {
            width: parent.width
            visible: text.length > 0
            text: screen.wait
            font.pixelSize: Theme.button
        },
        Notice {
            width: parent.width
            glyph: Glyphs.papers
            text: qsTr("Have your papers and your file number at hand, if you have any.")
        },
        LostDevices {
            width: parent.width
            devices: screen.lost
            most: Theme.portrait ? 2 : 1
        },
        Notice {
            width: parent.width
            visible: !screen.lineUp
            glyph: Glyphs.wifiSlash
            text: qsTr("The line is coming back. Your place is kept.")
        }
    ]

    footer: ActionButton {
        focus: true
        kind: ActionButton.Kind.Quiet
        glyph: Glyphs.arrowLeft
        text: qsTr("Cancel")
        onClicked: screen.cancelled()
    }
}
