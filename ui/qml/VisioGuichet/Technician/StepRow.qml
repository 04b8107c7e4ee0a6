// One step of a list: a sign, its name, how it stands in a word, and the figures or the fault.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: row

    required property int index
    required property string name
    required property string outcome
    required property string detail

    readonly property OutcomeWords stands: OutcomeWords {
        value: row.outcome
    }

    implicitHeight: Math.max(Theme.px(70), said.height + Theme.px(12))
    radius: Theme.corner / 2
    color: row.outcome === "running" ? Theme.mist : Theme.white
    border.color: row.outcome === "failed" ? Theme.brick : row.outcome === "running" ? Theme.ink : Theme.mistPressed
    border.width: Theme.hair
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(row.name).arg(row.stands.words)
    Accessible.description: row.detail

    Pictogram {
        id: sign

        x: Theme.snug
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.sign
        glyph: row.stands.glyph
        color: row.stands.colour
    }

    Column {
        id: said

        anchors.left: sign.right
        anchors.leftMargin: Theme.snug
        anchors.right: parent.right
        anchors.rightMargin: Theme.snug
        anchors.verticalCenter: parent.verticalCenter

        Row {
            width: parent.width
            spacing: Theme.snug

            FittedWords {
                width: parent.width - word.width - Theme.snug
                text: row.name
                font.pixelSize: Theme.small
                font.bold: true
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Words {
                id: word

                text: row.stands.words
                color: row.outcome === "running" ? Theme.ink : row.stands.colour
                font.pixelSize: Theme.small
                lineHeight: 1
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Words {
            width: parent.width
            visible: text.length > 0
            text: row.detail
            font.pixelSize: Theme.small
            lineHeight: 1
            Accessible.ignored: true
        }
    }
}
