// After a call: by whom it ended, how long it was, that nothing is kept, and back Home by itself.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property EndedModel ended
    required property AgencyModel agency

    readonly property bool happened: screen.ended.durationSeconds >= 0

    signal homeWanted

    title: screen.happened ? qsTr("The call is over.") : qsTr("The call could not be made.")
    portraitTop: Theme.px(480)

    Column {
        width: parent.width
        anchors.verticalCenter: Theme.portrait ? undefined : parent.verticalCenter
        spacing: Theme.roomy

        AgencyBadge {
            width: parent.width
            agency: screen.agency
        }

        Column {
            width: parent.width
            spacing: Theme.tight

            Words {
                width: parent.width
                text: {
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
                font.pixelSize: Theme.heading
                font.bold: true
            }

            Words {
                readonly property int minutes: Math.round(screen.ended.durationSeconds / 60)

                width: parent.width
                visible: screen.happened
                text: minutes < 1 ? qsTr("It lasted less than a minute.") : qsTr("It lasted %n minutes.", "", minutes)
                font.pixelSize: Theme.button
            }

            Words {
                width: parent.width
                visible: screen.ended.reason === "timeout" || screen.ended.reason === "fault"
                text: qsTr("You can choose the service again.")
                font.pixelSize: Theme.button
            }
        }

        Notice {
            width: Math.min(parent.width, Theme.px(1120))
            glyph: Glyphs.checkCircle
            tint: Theme.green
            text: qsTr("Everything is erased: nothing of your visit stays here.")
        }
    }

    footer: Row {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.wide

        CountdownRing {
            id: countdown

            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(88)
            height: width
            remaining: 1

            NumberAnimation on remaining {
                to: 0
                duration: screen.ended.homeInSeconds * 1000
            }
        }

        ActionButton {
            focus: true
            glyph: Glyphs.house
            text: qsTr("Back to the start")
            onClicked: screen.homeWanted()
        }
    }
}
