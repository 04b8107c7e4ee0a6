// All services as tiles, as many side by side as the screen has room for; more than fit scroll.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Flickable {
    id: area

    required property TilesModel tiles

    // The service that is not offered here; empty: all are.
    property string without: ""

    readonly property int shown: Math.max(1, area.tiles.count - (area.without.length > 0 ? 1 : 0))
    // One service per line in portrait while they fit; else three or four cards side by side.
    readonly property bool flat: Theme.portrait && area.shown <= 8
    readonly property int columns: flat ? 1 : Theme.portrait ? 2 : area.shown > 6 || area.shown === 4 ? 4 : 3
    readonly property int rows: Math.ceil(area.shown / columns)
    readonly property int least: Theme.px(flat ? 124 : 240)

    signal chosen(string agency, string availability)

    contentHeight: grid.height
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    // Rings of focus reach beyond a tile.
    clip: interactive

    Grid {
        id: grid

        readonly property real share: (area.height - (area.rows - 1) * spacing) / area.rows

        width: parent.width
        columns: area.columns
        spacing: area.flat ? Theme.snug : Theme.gap

        Repeater {
            model: area.tiles

            AgencyTile {
                flat: area.flat
                visible: agency !== area.without
                width: (grid.width - (area.columns - 1) * grid.spacing) / area.columns
                height: Math.min(Math.max(grid.share, area.least), Theme.px(400))
                onClicked: area.chosen(agency, availability)
            }
        }
    }
}
