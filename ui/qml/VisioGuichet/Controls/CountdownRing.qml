// A ring that empties: how long this screen stays, without a hurry.
import QtQuick
import QtQuick.Shapes
import VisioGuichet.Theme

Item {
    id: ring

    // Part that is left, 1 to 0.
    property real remaining: 1
    property color colour: Theme.teal

    implicitWidth: Theme.px(120)
    implicitHeight: implicitWidth

    Shape {
        anchors.fill: parent
        preferredRendererType: Shape.GeometryRenderer

        ShapePath {
            strokeColor: Theme.mistPressed
            strokeWidth: Theme.px(12)
            fillColor: "transparent"

            PathAngleArc {
                centerX: ring.width / 2
                centerY: ring.height / 2
                radiusX: ring.width / 2 - Theme.px(6)
                radiusY: radiusX
                startAngle: -90
                sweepAngle: 360
            }
        }

        ShapePath {
            strokeColor: ring.colour
            strokeWidth: Theme.px(12)
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: ring.width / 2
                centerY: ring.height / 2
                radiusX: ring.width / 2 - Theme.px(6)
                radiusY: radiusX
                startAngle: -90
                sweepAngle: 360 * ring.remaining
            }
        }
    }
}
