// Home: one large tile per agency, each with its true state.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ScreenFrame {
    id: home

    required property TilesModel tiles
    required property bool lineUp

    readonly property int count: Math.max(1, home.tiles.count)
    // One service per line in portrait while they fit; else three or four cards side by side.
    readonly property bool flat: Theme.portrait && home.count <= 8
    readonly property int columns: flat ? 1 : Theme.portrait ? 2 : home.count > 6 || home.count === 4 ? 4 : 3
    readonly property int rows: Math.ceil(home.count / columns)
    readonly property int least: Theme.px(flat ? 150 : 240)

    signal chosen(string agency)

    title: qsTr("Which service would you like to reach?")
    hasFooter: false
    portraitTop: Theme.px(home.lineUp && home.flat ? 500 : 400)

    Notice {
        id: lost

        width: parent.width
        visible: !home.lineUp
        glyph: Glyphs.wifiSlash
        text: qsTr("The line to the agents is cut. It comes back by itself.")
    }

    Flickable {
        id: area

        readonly property real room: parent.height - (lost.visible ? lost.height + Theme.gap : 0)

        y: parent.height - room
        width: parent.width
        height: room
        contentHeight: grid.height
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        // Rings of focus reach beyond a tile.
        clip: interactive

        Grid {
            id: grid

            readonly property real share: (area.room - (home.rows - 1) * spacing) / home.rows

            width: parent.width
            columns: home.columns
            spacing: home.flat ? Theme.px(20) : Theme.px(28)

            Repeater {
                model: home.tiles

                AgencyTile {
                    flat: home.flat
                    width: (grid.width - (home.columns - 1) * grid.spacing) / home.columns
                    height: Math.min(Math.max(grid.share, home.least), Theme.px(400))
                    onClicked: home.chosen(agency)
                }
            }
        }
    }
}
