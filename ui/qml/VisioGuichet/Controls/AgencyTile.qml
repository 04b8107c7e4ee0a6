// One agency on Home: disc, name, name in full words, and how things stand there.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

T.AbstractButton {
    id: tile

    required property string agency
    required property string name
    required property string fullName
    required property string monogram
    required property string tint
    required property string availability
    required property int waiting
    required property string opens
    // A row (portrait) rather than a card (landscape).
    property bool flat: false

    readonly property AgencyCondition condition: AgencyCondition {
        availability: tile.availability
        waiting: tile.waiting
        opens: tile.opens
    }

    // Nothing can be asked of an agency that cannot be reached; Home says why.
    enabled: availability !== "unreachable"
    focusPolicy: Qt.StrongFocus
    horizontalPadding: Theme.px(26)
    verticalPadding: Theme.px(flat ? 8 : 20)
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.description: qsTr("%1. %2").arg(fullName).arg(condition.words)
    Accessible.focusable: true
    Accessible.onPressAction: tile.clicked()
    Keys.onReturnPressed: tile.clicked()
    Keys.onEnterPressed: tile.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: tile.down ? Theme.mistPressed : tile.condition.closed ? Theme.mist : Theme.white
        border.color: tile.condition.closed ? "transparent" : Theme.edge
        border.width: tile.condition.closed ? 0 : Theme.hair

        FocusRing {
            shown: tile.visualFocus
        }
    }

    contentItem: Loader {
        sourceComponent: tile.flat ? row : card
    }

    Component {
        id: card

        TileCard {
            name: tile.name
            fullName: tile.fullName
            monogram: tile.monogram
            tint: tile.tint
            condition: tile.condition
        }
    }

    Component {
        id: row

        TileRow {
            name: tile.name
            fullName: tile.fullName
            monogram: tile.monogram
            tint: tile.tint
            condition: tile.condition
        }
    }
}
