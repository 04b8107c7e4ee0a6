// The text of a call, letter by letter both ways: beside speech, or in its place.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: panel

    required property CallModel call

    // Number of the own line that is being corrected; 0: none.
    property int correcting: 0

    signal typed(text: string)
    signal sent
    signal corrected(number: int, text: string)
    signal leaveWanted

    function correct(number: int, text: string): void {
        panel.correcting = number;
        entry.fill(text);
        entry.forceActiveFocus();
    }

    // Back to the line that was being typed, as it still stands with the agent.
    function resume(): void {
        panel.correcting = 0;
        entry.fill(panel.call.typing);
    }

    function write(): void {
        entry.forceActiveFocus();
    }

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Written messages")
    Component.onCompleted: panel.resume()

    Item {
        id: head

        x: Theme.wide
        y: Theme.snug
        width: parent.width - 2 * Theme.wide
        height: Theme.px(76)

        FittedWords {
            anchors.left: parent.left
            anchors.right: away.left
            anchors.rightMargin: Theme.snug
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: panel.correcting > 0 ? qsTr("You are correcting a message") : qsTr("Write to the agent")
            font.bold: true
            least: Theme.secondary
        }

        ActionButton {
            id: away

            anchors.right: parent.right
            height: parent.height
            implicitWidth: Theme.px(220)
            kind: ActionButton.Kind.Quiet
            lettersSize: Theme.secondary
            glyph: Glyphs.cross
            text: panel.correcting > 0 ? qsTr("Leave it") : qsTr("Close")
            Accessible.name: panel.correcting > 0 ? qsTr("Leave the message as it was") : qsTr("Close the text")
            onClicked: panel.correcting > 0 ? panel.resume() : panel.leaveWanted()
        }
    }

    ListView {
        id: lines

        // Who has scrolled back to read is not thrown to the end by a new line.
        property bool following: true

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
        onMovementEnded: following = atYEnd
        onContentHeightChanged: follow()
        onHeightChanged: follow()
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")

        function follow(): void {
            if (lines.following)
                Qt.callLater(lines.positionViewAtEnd);
        }

        delegate: WrittenLine {
            id: line

            required property int number
            required property string body

            width: lines.width
            said: line.body
            onClicked: panel.correct(line.number, line.body)
        }
    }

    WritingField {
        id: entry

        x: Theme.wide
        width: parent.width - 2 * Theme.wide
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap
        focus: true
        correcting: panel.correcting > 0
        onTyped: text => panel.typed(text)
        onSent: text => {
            if (panel.correcting > 0) {
                panel.corrected(panel.correcting, text);
                panel.resume();
            } else {
                panel.sent();
            }
        }
    }
}
