// The document camera: what it sees, what to do now in words, and a ring that fills by itself.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme
import VisioGuichet.Video

PaperFrame {
    id: step

    required property PapersModel papers
    required property PapersTouches touches
    required property Component paperView

    readonly property LookModel look: step.papers.look as LookModel
    readonly property bool good: step.look.advice === "good" || step.kept
    readonly property bool opening: step.look.advice === "opening"
    readonly property bool kept: step.look.advice === "next_page"

    trouble: step.papers.trouble
    title: {
        switch (step.look.advice) {
        case "opening":
            return qsTr("One moment: the camera opens.");
        case "next_page":
            return qsTr("This page is taken. Lay down the next one.");
        case "good":
            return qsTr("It is sharp. Do not move it.");
        case "closer":
            return qsTr("Bring the sheet closer.");
        case "whole_page":
            return qsTr("Show the whole sheet.");
        case "hold_still":
            return qsTr("Let the sheet lie still.");
        case "sharper":
            return qsTr("It is blurred: lay the sheet flat.");
        case "glare":
            return qsTr("A lamp shines on it: turn the sheet a little.");
        case "light":
            return qsTr("It is too dark: take away what casts a shadow.");
        default:
            return qsTr("Lay the sheet under the camera.");
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.corner
        color: Theme.ink
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("What the document camera sees")

        Loader {
            id: preview

            readonly property PictureView view: item as PictureView
            readonly property real aspect: view === null || view.aspect <= 0 ? 4 / 3 : view.aspect

            anchors.centerIn: parent
            width: Math.min(parent.width, parent.height * aspect)
            height: width / aspect
            // What was seen last is not what lies there now.
            visible: !step.opening
            sourceComponent: step.paperView
        }

        Pictogram {
            anchors.centerIn: parent
            visible: step.opening
            size: Theme.huge
            glyph: Glyphs.camera
            color: Theme.white
        }

        PageOutline {
            anchors.fill: preview
            corners: step.look.corners
            good: step.good
        }
    }

    beside: [
        Row {
            spacing: Theme.gap

            CountdownRing {
                implicitWidth: Theme.px(128)
                remaining: step.look.steadying
                colour: Theme.green

                Pictogram {
                    anchors.centerIn: parent
                    size: Theme.px(64)
                    glyph: step.good ? Glyphs.check : Glyphs.camera
                    color: step.good ? Theme.green : Theme.slate
                }
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: step.cell * (step.stacked ? 2 : 1) - Theme.px(128) - Theme.gap
                text: step.kept ? qsTr("No other page? Touch: I have finished.") : qsTr("The photo is taken by itself when the ring is full.")
            }
        },
        SentPages {
            width: parent.width
            papers: step.papers
        },
        Grid {
            columns: step.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: step.cell
                focus: !step.kept
                quiet: step.kept
                enabled: !step.opening
                glyph: Glyphs.camera
                text: qsTr("Take the photo")
                onClicked: step.touches.take()
            }

            PanelButton {
                width: step.cell
                focus: step.kept
                quiet: !step.kept
                glyph: Glyphs.check
                text: qsTr("I have finished")
                onClicked: step.touches.endScan()
            }
        }
    ]
}
