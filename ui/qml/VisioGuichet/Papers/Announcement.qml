// A document of the agent's has come: look at it now, or later.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

FocusScope {
    id: card

    required property PapersModel papers
    required property PapersTouches touches

    readonly property real cell: Math.min(Theme.px(360), (content.width - Theme.snug) / 2)

    implicitHeight: content.height + 2 * Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: said.text

    Spoken {
        words: said.text + " " + card.papers.announcedName
        atFirst: true
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
        border.color: Theme.gold
        border.width: Theme.tight
    }

    Flow {
        id: content

        x: Theme.wide
        y: Theme.gap
        width: parent.width - 2 * Theme.wide
        spacing: Theme.snug

        Row {
            id: told

            readonly property real beside: content.width - 2 * card.cell - 2 * Theme.snug

            width: beside >= Theme.px(520) ? beside : content.width
            height: Math.max(implicitHeight, Theme.target)
            spacing: Theme.snug

            Pictogram {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.px(72)
                glyph: Glyphs.fileText
                color: Theme.teal
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: told.width - Theme.px(72) - Theme.snug

                Words {
                    id: said

                    width: parent.width
                    text: qsTr("The agent gives you a document.")
                    font.bold: true
                }

                Words {
                    width: parent.width
                    text: card.papers.announcedName
                    font.pixelSize: Theme.secondary
                    wrapMode: Text.NoWrap
                    elide: Text.ElideMiddle
                }
            }
        }

        PanelButton {
            width: card.cell
            focus: true
            quiet: false
            glyph: Glyphs.eye
            text: qsTr("Look at it")
            onClicked: card.touches.read(card.papers.announced)
        }

        PanelButton {
            width: card.cell
            glyph: Glyphs.clock
            text: qsTr("Later")
            onClicked: card.papers.putOff()
        }
    }
}
