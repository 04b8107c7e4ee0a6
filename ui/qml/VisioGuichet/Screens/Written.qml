// The written messages of a call, and a field to write in: for whoever can't hear or be heard.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: panel

    required property CallModel call

    signal sent(text: string)

    function send() {
        if (field.text.trim().length > 0) {
            panel.sent(field.text);
            field.clear();
        }
    }

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Written messages")

    Words {
        id: head

        x: Theme.wide
        y: Theme.gap
        width: parent.width - 2 * Theme.wide
        text: qsTr("Write to the agent")
        font.bold: true
    }

    ListView {
        id: lines

        anchors.top: head.bottom
        anchors.topMargin: Theme.snug
        anchors.bottom: entry.top
        anchors.bottomMargin: Theme.snug
        x: Theme.wide
        width: parent.width - 2 * Theme.wide
        clip: true
        spacing: Theme.snug
        boundsBehavior: Flickable.StopAtBounds
        model: panel.call.written
        onCountChanged: Qt.callLater(positionViewAtEnd)
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")

        delegate: Item {
            id: line

            required property bool own
            required property string text

            width: lines.width
            height: bubble.height

            Rectangle {
                id: bubble

                x: line.own ? line.width - width : 0
                width: said.width + 2 * Theme.gap
                height: said.height + 2 * Theme.snug
                radius: Theme.corner
                color: line.own ? Theme.teal : Theme.mist

                Words {
                    id: said

                    x: Theme.gap
                    y: Theme.snug
                    width: Math.min(implicitWidth, line.width * 0.9 - 2 * Theme.gap)
                    text: line.text
                    color: line.own ? Theme.white : Theme.ink
                    wrapMode: Text.Wrap
                    Accessible.name: (line.own ? qsTr("You: %1") : qsTr("The agent: %1")).arg(line.text)
                }
            }
        }
    }

    FocusScope {
        id: entry

        x: Theme.wide
        width: parent.width - 2 * Theme.wide
        height: Theme.target
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap
        focus: true

        T.TextField {
            id: field

            anchors.left: parent.left
            anchors.right: button.left
            anchors.rightMargin: Theme.snug
            height: parent.height
            focus: true
            leftPadding: Theme.gap
            rightPadding: Theme.gap
            verticalAlignment: TextInput.AlignVCenter
            font.family: Theme.family
            font.pixelSize: Theme.body
            color: Theme.ink
            selectByMouse: true
            maximumLength: 1000
            // What a resident writes is nobody's to learn from.
            inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
            placeholderText: qsTr("Your message")
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Your message")
            Keys.onReturnPressed: panel.send()
            Keys.onEnterPressed: panel.send()

            background: Rectangle {
                radius: Theme.corner
                color: Theme.white
                border.color: Theme.slate
                border.width: Math.max(2, Theme.px(3))

                FocusRing {
                    shown: field.activeFocus
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.gap
                    visible: field.text.length === 0 && field.preeditText.length === 0
                    text: field.placeholderText
                    color: Theme.slate
                    Accessible.ignored: true
                }
            }
        }

        ActionButton {
            id: button

            anchors.right: parent.right
            implicitWidth: Theme.px(280)
            glyph: Glyphs.arrowRight
            text: qsTr("Send")
            onClicked: panel.send()
        }
    }
}
