// A face drawn in lines, as large as a hand: how well it went, from 1 (not) to 3 (well).
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

T.AbstractButton {
    id: face

    required property int value
    property bool chosen: false

    readonly property color stroke: face.chosen ? Theme.white : Theme.ink
    // How far the middle of the mouth hangs below its corners, part of the face.
    readonly property real smile: (face.value - 2) * 0.3

    implicitWidth: Theme.px(300)
    implicitHeight: Theme.px(400)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.focusable: true
    Accessible.onPressAction: face.clicked()
    Keys.onReturnPressed: face.clicked()
    Keys.onEnterPressed: face.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: face.chosen ? Theme.teal : face.down ? Theme.mistPressed : Theme.white
        border.color: face.chosen ? "transparent" : Theme.slate
        border.width: face.chosen ? 0 : Theme.hair

        FocusRing {
            shown: face.visualFocus
        }
    }

    contentItem: Item {
        Shape {
            id: drawn

            readonly property real side: Math.min(parent.width - 2 * Theme.wide, parent.height - word.height - 2 * Theme.wide)
            readonly property real corner: side * (0.62 - face.smile * 0.35)

            x: (parent.width - side) / 2
            y: (parent.height - word.height - side) / 2
            width: side
            height: side
            preferredRendererType: Shape.GeometryRenderer

            ShapePath {
                strokeColor: face.stroke
                strokeWidth: Theme.px(10)
                fillColor: "transparent"

                PathAngleArc {
                    centerX: drawn.side / 2
                    centerY: drawn.side / 2
                    radiusX: drawn.side / 2 - Theme.px(6)
                    radiusY: radiusX
                    startAngle: 0
                    sweepAngle: 360
                }
            }

            ShapePath {
                strokeColor: face.stroke
                strokeWidth: Theme.px(12)
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                startX: drawn.side * 0.28
                startY: drawn.corner

                PathQuad {
                    x: drawn.side * 0.72
                    y: drawn.corner
                    controlX: drawn.side / 2
                    controlY: drawn.corner + drawn.side * face.smile
                }
            }
        }

        Repeater {
            model: [0.33, 0.67]

            Rectangle {
                required property real modelData

                x: drawn.x + drawn.side * modelData - width / 2
                y: drawn.y + drawn.side * 0.36 - height / 2
                width: drawn.side * 0.1
                height: drawn.side * 0.13
                radius: width / 2
                color: face.stroke
            }
        }

        Words {
            id: word

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gap
            width: parent.width
            text: face.text
            color: face.chosen ? Theme.white : Theme.ink
            font.pixelSize: Theme.button
            font.bold: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
