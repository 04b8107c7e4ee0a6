// One step of a guided test: what to do, what is measured, and whether it works.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

RoomFrame {
    id: room

    required property Component testView

    readonly property GuidedModel step: room.technician.guided as GuidedModel
    readonly property bool asks: room.step.asksPerson && !room.step.ended
    readonly property OutcomeWords stands: OutcomeWords {
        value: room.step.outcome
    }

    signal confirmed
    signal broken
    // A device that gave up for good is to be opened anew, too.
    signal retryWanted(kind: string)
    signal again
    signal leaveWanted

    title: room.step.sentence
    over: qsTr("%1 · step %2 of %3").arg(room.step.name).arg(room.step.number).arg(room.step.of)
    portraitTop: Theme.px(340)

    Item {
        id: shown

        readonly property bool live: room.step.surface === "picture"

        width: Theme.portrait ? parent.width : parent.width * (live ? 0.62 : 0.4)
        height: Theme.portrait ? Math.min(width * 9 / 16, parent.height * 0.5) : parent.height

        Loader {
            readonly property real ratio: shown.live ? 16 / 9 : 4 / 3

            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, parent.height * ratio)
            height: width / ratio
            sourceComponent: shown.live ? picture : sign
        }
    }

    Component {
        id: picture

        TestPicture {
            testView: room.testView
        }
    }

    Component {
        id: sign

        SignPlate {
            glyph: DeviceKinds.glyph(room.step.kind)
        }
    }

    ScrollArea {
        x: Theme.portrait ? 0 : shown.width + Theme.roomy
        y: Theme.portrait ? shown.height + Theme.wide : 0
        width: parent.width - x
        height: parent.height - y

        Column {
            width: parent.width
            spacing: Theme.gap

            Row {
                visible: room.step.ended
                spacing: Theme.snug

                Pictogram {
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.heading
                    glyph: room.stands.glyph
                    color: room.stands.colour
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: room.step.finished ? qsTr("Test finished: %1").arg(room.stands.words.toLowerCase()) : room.stands.words
                    color: room.stands.colour
                    font.pixelSize: Theme.button
                    font.bold: true
                }
            }

            LevelBar {
                width: parent.width
                visible: room.step.level >= 0
                level: Math.max(0, room.step.level)
            }

            Figures {
                width: parent.width
                figures: room.step.figures as RowsModel
            }

            Notice {
                width: parent.width
                visible: room.step.hint.length > 0
                glyph: Glyphs.wrench
                text: room.step.hint
            }
        }
    }

    back: ToolButton {
        focus: !main.visible
        glyph: Glyphs.arrowLeft
        text: room.step.finished ? qsTr("Devices") : qsTr("Stop")
        onClicked: room.leaveWanted()
    }

    ways: [
        ToolButton {
            id: main

            visible: room.asks || room.step.ended
            focus: visible
            kind: ActionButton.Kind.Main
            glyph: room.asks ? Glyphs.check : Glyphs.arrowRight
            text: room.asks ? qsTr("Yes, it works") : room.step.finished ? qsTr("Finish") : qsTr("Continue")
            onClicked: room.confirmed()
        },
        ToolButton {
            visible: !room.step.ended
            glyph: Glyphs.xCircle
            text: qsTr("It does not work")
            onClicked: room.broken()
        },
        ToolButton {
            visible: room.step.ended || room.step.hint.length > 0
            glyph: Glyphs.renew
            text: qsTr("Start again")
            onClicked: {
                if (room.step.outcome === "failed")
                    room.retryWanted(room.step.kind);
                room.again();
            }
        }
    ]
}
