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
    padding: Theme.px(28)
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.description: qsTr("%1. %2").arg(fullName).arg(state_.words)
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
        AgencyDisc {
            id: disc

            y: tile.flat ? (parent.height - height) / 2 : 0
            monogram: tile.monogram
            tint: tile.tint
        }

        Item {
            id: names

            readonly property real room: tile.flat ? (parent.width - x) * 0.52 : parent.width - x

            x: disc.width + Theme.gap
            width: room
            height: tile.flat ? parent.height : disc.height

            FittedWords {
                id: shortName

                width: parent.width
                y: tile.flat ? (parent.height - height - inFullFlat.height) / 2 : (parent.height - height) / 2
                height: Math.min(implicitHeight, tile.flat ? parent.height * 0.5 : parent.height)
                text: tile.name
                font.pixelSize: Theme.button
                font.bold: true
                Accessible.ignored: true
            }

            FittedWords {
                id: inFullFlat

                visible: tile.flat
                width: parent.width
                y: shortName.y + shortName.height
                height: visible ? Math.min(implicitHeight, parent.height * 0.5) : 0
                text: tile.fullName
                color: Theme.slate
                font.pixelSize: Theme.secondary
                Accessible.ignored: true
            }
        }

        FittedWords {
            visible: !tile.flat
            anchors.top: disc.bottom
            anchors.topMargin: Theme.snug
            anchors.bottom: state_.top
            anchors.bottomMargin: Theme.tight
            width: parent.width
            text: tile.fullName
            color: Theme.slate
            font.pixelSize: Theme.secondary
            Accessible.ignored: true
        }

        StateLine {
            id: state_

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: tile.flat ? parent.width - names.x - names.width - Theme.gap : parent.width
            height: tile.flat ? parent.height : Theme.px(98)
            availability: tile.availability
            waiting: tile.waiting
            opens: tile.opens
        }
    }
}
