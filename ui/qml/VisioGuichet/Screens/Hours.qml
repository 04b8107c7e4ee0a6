// An agency where nobody can answer now: when somebody will, what can be done now, the way back.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: screen

    required property AgencyModel agency

    readonly property bool reachable: screen.agency.availability !== "unreachable"

    signal bookingWanted
    signal callBackWanted
    signal homeWanted

    title: qsTr("Nobody can answer you right now.")
    portraitTop: Theme.px(400)
    footerHeight: Theme.portrait && screen.reachable ? Theme.px(260) : Theme.px(132)

    Column {
        id: who

        width: Theme.portrait ? parent.width : parent.width * 0.42
        spacing: Theme.wide

        AgencyBadge {
            width: parent.width
            agency: screen.agency
        }

        Words {
            width: parent.width
            text: {
                switch (screen.agency.availability) {
                case "closed":
                    return screen.agency.opens.length > 0 ? qsTr("Opens %1.").arg(screen.agency.opens) : qsTr("Closed for now.");
                case "unreachable":
                    return qsTr("The line to the agents is cut. It comes back by itself.");
                case "expected":
                    return qsTr("No agent has arrived yet. Please try again in a few minutes.");
                default:
                    return qsTr("An agent is back: you can choose this service again.");
                }
            }
            font.pixelSize: Theme.heading
            font.bold: true
        }
    }

    Rectangle {
        readonly property real begin: Theme.portrait ? who.height + Theme.roomy : 0

        x: Theme.portrait ? 0 : parent.width - width
        y: begin
        width: Theme.portrait ? parent.width : parent.width * 0.54
        height: Math.min(table.implicitHeight + 2 * Theme.snug, parent.height - begin)
        visible: screen.agency.days.length > 0
        radius: Theme.corner
        color: Theme.white
        border.color: Theme.edge
        border.width: Theme.hair

        Column {
            id: table

            x: Theme.snug
            y: Theme.snug
            width: parent.width - 2 * Theme.snug

            Repeater {
                model: screen.agency.days

                Rectangle {
                    id: row

                    required property int index
                    required property string modelData

                    readonly property bool isToday: index === screen.agency.today

                    width: table.width
                    height: Theme.px(Theme.portrait ? 92 : 80)
                    radius: Theme.corner / 2
                    color: isToday ? Theme.teal : "transparent"

                    FittedWords {
                        id: day

                        x: Theme.gap
                        width: Theme.px(210)
                        height: parent.height
                        text: row.modelData
                        color: row.isToday ? Theme.white : Theme.ink
                        font.bold: true
                        wrapMode: Text.NoWrap
                        verticalAlignment: Text.AlignVCenter
                    }

                    FittedWords {
                        anchors.left: day.right
                        anchors.leftMargin: Theme.snug
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gap
                        height: parent.height
                        text: screen.agency.hours[row.index] ?? ""
                        color: row.isToday ? Theme.white : Theme.ink
                        verticalAlignment: Text.AlignVCenter
                    }
                }
            }
        }
    }

    footer: [
        ActionButton {
            anchors.left: parent.left
            anchors.bottom: parent.bottom
            height: Theme.portrait || !screen.reachable ? implicitHeight : Theme.px(132)
            focus: !screen.reachable
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.arrowLeft
            text: qsTr("Back to the start")
            onClicked: screen.homeWanted()
        },
        Row {
            id: ways

            readonly property real share: Theme.portrait ? (parent.width - spacing) / 2 : Theme.px(480)

            anchors.right: parent.right
            visible: screen.reachable
            spacing: Theme.gap

            ChoiceButton {
                width: ways.share
                height: Theme.px(132)
                glyph: Glyphs.phoneCall
                text: qsTr("Be called back")
                onClicked: screen.callBackWanted()
            }

            ChoiceButton {
                width: ways.share
                height: Theme.px(132)
                focus: screen.reachable
                glyph: Glyphs.calendarPlus
                text: qsTr("Make an appointment")
                onClicked: screen.bookingWanted()
            }
        }
    ]
}
