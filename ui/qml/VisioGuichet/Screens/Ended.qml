// After a call: by whom it ended, how long it was, that nothing is kept, and back Home by itself.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RingScreen {
    id: screen

    required property EndedModel ended

    readonly property bool happened: screen.ended.durationSeconds >= 0
    readonly property bool troubled: screen.ended.reason === "timeout" || screen.ended.reason === "fault"
    readonly property string cause: {
        switch (screen.ended.reason) {
        case "resident":
            return qsTr("You hung up.");
        case "agent":
            return qsTr("The agent hung up.");
        case "timeout":
            return screen.happened ? qsTr("The connection was lost and did not come back.") : qsTr("The connection with the agent could not be made.");
        default:
            return qsTr("Something in the booth failed. It is not your fault.");
        }
    }

    signal homeWanted

    title: screen.happened ? qsTr("The call is over.") : qsTr("The call could not be made.")

    ring: CountdownRing {
        anchors.fill: parent
        anchors.margins: Theme.wide

        NumberAnimation on remaining {
            from: 1
            to: 0
            duration: screen.ended.homeInSeconds * 1000
        }

        Column {
            anchors.centerIn: parent
            width: parent.width * 0.72
            spacing: Theme.snug

            Pictogram {
                anchors.horizontalCenter: parent.horizontalCenter
                size: Theme.px(150)
                glyph: Glyphs.checkCircle
                color: Theme.green
            }

            Words {
                width: parent.width
                text: qsTr("Everything is erased")
                color: Theme.green
                font.pixelSize: Theme.button
                font.bold: true
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }

    beside: [
        Words {
            width: parent.width
            text: screen.cause
            font.pixelSize: Theme.heading
            font.bold: true
        },
        Words {
            readonly property int minutes: Math.round(screen.ended.durationSeconds / 60)

            width: parent.width
            visible: screen.happened
            text: minutes < 1 ? qsTr("The call lasted less than a minute.") : qsTr("The call lasted %n minutes.", "", minutes)
            font.pixelSize: Theme.button
        },
        Words {
            width: parent.width
            visible: screen.troubled
            text: qsTr("You can choose the service again.")
            font.pixelSize: Theme.button
        },
        Words {
            width: parent.width
            text: qsTr("Nothing of your visit stays here.")
            font.pixelSize: Theme.button
        }
    ]

    footer: ActionButton {
        focus: true
        anchors.right: parent.right
        glyph: Glyphs.house
        text: qsTr("Back to the start")
        onClicked: screen.homeWanted()
    }
}
