// Four lines round the page that the camera has found: gold, and green once it is good.
import QtQuick
import QtQuick.Shapes
import VisioGuichet.Theme

Shape {
    id: outline

    // Of the page, 0 to 1 of this item's width and height; none or four.
    required property var corners
    required property bool good

    readonly property bool known: outline.corners.length === 4

    visible: known
    preferredRendererType: Shape.GeometryRenderer

    ShapePath {
        strokeColor: Theme.ink
        strokeWidth: Theme.px(16)
        fillColor: "transparent"
        joinStyle: ShapePath.RoundJoin

        PathPolyline {
            path: outline.loop()
        }
    }

    ShapePath {
        strokeColor: outline.good ? Theme.green : Theme.gold
        strokeWidth: Theme.px(10)
        fillColor: "transparent"
        joinStyle: ShapePath.RoundJoin

        PathPolyline {
            path: outline.loop()
        }
    }

    function loop(): var {
        if (!outline.known)
            return [];
        const points = outline.corners.map(corner => Qt.point(corner.x * outline.width, corner.y * outline.height));
        return [...points, points[0]];
    }
}
