// The resident's papers at a glance: show one, or look at what the agent gave.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

PaperFrame {
    id: menu

    required property PapersModel papers
    required property PapersTouches touches

    signal leaveWanted

    trouble: !menu.papers.scanPossible && menu.papers.trouble === "none" ? "no_camera" : menu.papers.trouble
    title: qsTr("Your papers")

    PanelSign {
        anchors.fill: parent
        visible: menu.papers.documents === 0
        glyph: Glyphs.files
    }

    ScrollArea {
        anchors.fill: parent
        anchors.rightMargin: Theme.gap
        visible: menu.papers.documents > 0

        Column {
            width: parent.width
            spacing: Theme.snug
            topPadding: Theme.tight
            bottomPadding: Theme.tight

            Words {
                width: parent.width
                text: qsTr("From the agent")
                font.bold: true
            }

            Repeater {
                model: menu.papers.received as RowsModel

                ChoiceButton {
                    id: row

                    required property string document
                    required property string name
                    required property int pages
                    required property int percent
                    required property bool refused
                    required property bool printed
                    required property bool takenAway
                    required property string job

                    width: parent.width
                    enabled: row.percent === 100 && !row.refused
                    glyph: row.job.length > 0 ? Glyphs.printer : row.printed || row.takenAway ? Glyphs.checkCircle : Glyphs.fileText
                    text: row.name
                    detail: {
                        if (row.refused)
                            return qsTr("It cannot be shown");
                        if (row.percent < 100)
                            return qsTr("It is arriving: %1 %").arg(row.percent);
                        const extent = qsTr("%n pages", "", row.pages);
                        if (row.job === "processing-stopped")
                            return qsTr("%1, the printer is waiting").arg(extent);
                        if (row.job.length > 0)
                            return qsTr("%1, being printed").arg(extent);
                        if (row.printed)
                            return qsTr("%1, printed").arg(extent);
                        return row.takenAway ? qsTr("%1, on your telephone").arg(extent) : extent;
                    }
                    onClicked: menu.touches.read(row.document)
                }
            }
        }
    }

    beside: [
        SentPages {
            width: parent.width
            papers: menu.papers
        },
        Grid {
            columns: menu.stacked ? 2 : 1
            spacing: Theme.snug

            PanelButton {
                width: menu.cell
                height: Theme.px(128)
                visible: menu.papers.scanPossible
                focus: visible
                quiet: false
                glyph: Glyphs.camera
                text: qsTr("Show a paper")
                onClicked: menu.touches.scan()
            }

            PanelButton {
                width: menu.cell
                height: Theme.px(128)
                focus: !menu.papers.scanPossible
                glyph: Glyphs.arrowLeft
                text: qsTr("Back")
                onClicked: menu.leaveWanted()
            }
        }
    ]
}
