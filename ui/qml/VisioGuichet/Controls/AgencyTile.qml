// One agency on Home: disc, name, name in full words, and how things stand there.
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

    readonly property bool closed: availability === "closed" || availability === "unreachable"

    focusPolicy: Qt.StrongFocus
    horizontalPadding: Theme.px(26)
    verticalPadding: Theme.px(flat ? 18 : 26)
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.description: qsTr("%1. %2").arg(fullName).arg(condition.words)
    Accessible.focusable: true
    Accessible.onPressAction: tile.clicked()
    Keys.onReturnPressed: tile.clicked()
    Keys.onEnterPressed: tile.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: tile.down ? Theme.mistPressed : tile.closed ? Theme.mist : Theme.white
        border.color: tile.closed ? "transparent" : Theme.edge
        border.width: tile.closed ? 0 : Theme.hair

        FocusRing {
            shown: tile.visualFocus
        }
    }

    contentItem: Item {
        id: content

        AgencyDisc {
            id: disc

            width: Theme.tileDisc
            y: tile.flat ? (parent.height - height) / 2 : 0
            monogram: tile.monogram
            tint: tile.tint
        }

        FittedWords {
            id: shortName

            x: disc.width + Theme.px(20)
            width: tile.flat ? (content.width - x) * 0.53 : content.width - x
            height: tile.flat ? content.height * 0.43 : disc.height
            text: tile.name
            font.pixelSize: Theme.button
            font.bold: true
            verticalAlignment: tile.flat ? Text.AlignBottom : Text.AlignVCenter
            Accessible.ignored: true
        }

        FittedWords {
            readonly property real room: tile.flat ? content.height - y : condition.y - Theme.tight - y

            x: tile.flat ? shortName.x : 0
            y: tile.flat ? shortName.height : disc.height + Theme.snug
            width: tile.flat ? shortName.width : content.width
            height: Math.max(0, room)
            // A third row of cards leaves no room for it: better none than half of one.
            visible: room >= Theme.small * 1.2
            text: tile.fullName
            color: Theme.slate
            font.pixelSize: Theme.secondary
            Accessible.ignored: true
        }

        StateLine {
            id: condition

            x: content.width - width
            y: content.height - height
            width: tile.flat ? content.width - shortName.x - shortName.width - Theme.gap : content.width
            height: tile.flat ? content.height : Theme.px(98)
            centred: tile.flat
            availability: tile.availability
            waiting: tile.waiting
            opens: tile.opens
        }
    }
}
