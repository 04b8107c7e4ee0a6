// One device: how it is, what to try when it is not well, its last test, and the way to a new one.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Rectangle {
    id: card

    required property string kind
    required property string name
    required property string stands
    required property string condition
    required property bool simulated
    required property string lastTest
    required property string outcome
    required property string hint
    required property bool testable

    readonly property OutcomeWords judged: OutcomeWords {
        value: card.outcome
    }

    signal testWanted

    implicitHeight: Math.max(Theme.px(104), said.height + Theme.px(12))
    radius: Theme.corner / 2
    color: Theme.white
    border.color: Theme.edge
    border.width: Theme.hair
    Accessible.role: Accessible.ListItem
    Accessible.name: card.name

    DeviceSign {
        id: sign

        x: Theme.snug
        anchors.verticalCenter: parent.verticalCenter
        condition: card.stands
        wanted: card.hint.length > 0
    }

    Column {
        id: said

        anchors.left: sign.right
        anchors.leftMargin: Theme.snug
        anchors.right: test.left
        anchors.rightMargin: Theme.snug
        anchors.verticalCenter: parent.verticalCenter

        Row {
            width: parent.width
            spacing: Theme.snug

            FittedWords {
                width: Math.min(implicitWidth, parent.width - (mark.visible ? mark.width + Theme.snug : 0))
                text: card.name
                font.pixelSize: Theme.secondary
                font.bold: true
                wrapMode: Text.NoWrap
            }

            Rectangle {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                visible: card.simulated
                width: simulatedWord.width + Theme.snug
                height: simulatedWord.height
                radius: Theme.tight
                color: Theme.mist

                Words {
                    id: simulatedWord

                    anchors.centerIn: parent
                    text: qsTr("Simulated")
                    font.pixelSize: Theme.small
                    lineHeight: 1
                    wrapMode: Text.NoWrap
                }
            }
        }

        Words {
            width: parent.width
            text: card.hint.length > 0 ? qsTr("%1. %2").arg(card.condition).arg(card.hint) : card.condition
            color: sign.faulty ? Theme.brick : Theme.ink
            font.pixelSize: Theme.small
            lineHeight: 1
        }

        Item {
            width: parent.width
            height: tested.height

            Pictogram {
                id: outcomeSign

                visible: card.outcome.length > 0
                size: Theme.small
                height: tested.height
                glyph: card.judged.glyph
                color: card.judged.colour
            }

            Words {
                id: tested

                x: outcomeSign.visible ? outcomeSign.width + Theme.tight : 0
                width: parent.width - x
                text: card.lastTest
                color: Theme.slate
                font.pixelSize: Theme.small
                lineHeight: 1
            }
        }
    }

    ToolButton {
        id: test

        anchors.right: parent.right
        anchors.rightMargin: Theme.tight
        anchors.verticalCenter: parent.verticalCenter
        visible: card.testable
        implicitWidth: contentItem.implicitWidth + Theme.wide
        glyph: Glyphs.wrench
        text: qsTr("Test")
        Accessible.name: qsTr("Test: %1").arg(card.name)
        Accessible.description: card.condition
        onClicked: card.testWanted()
    }
}
