// One line of the text: the agent's grows as it is typed; an own one can be touched to correct it.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

T.AbstractButton {
    id: line

    required property string said
    required property bool own
    required property bool ended
    required property bool corrected

    readonly property string condition: !line.ended ? qsTr("The agent is writing…") : line.corrected ? qsTr("Corrected") : ""
    readonly property string speaker: line.own ? qsTr("You: %1") : qsTr("The agent: %1")

    implicitHeight: bubble.height
    enabled: line.own && line.ended
    focusPolicy: line.own ? Qt.TabFocus : Qt.NoFocus
    Accessible.role: line.own ? Accessible.Button : Accessible.StaticText
    Accessible.name: line.speaker.arg(line.said)
    Accessible.description: line.own ? qsTr("Touch to correct it") : line.condition
    Accessible.focusable: line.own
    Accessible.onPressAction: line.clicked()
    Keys.onReturnPressed: line.clicked()
    Keys.onEnterPressed: line.clicked()

    Rectangle {
        id: bubble

        readonly property real most: line.width * 0.92 - 2 * Theme.gap

        x: line.own ? line.width - width - Theme.tight : 0
        width: Math.max(words.width, note.visible ? note.width : 0) + 2 * Theme.gap
        height: Math.max(Theme.px(60), words.height + (note.visible ? note.height : 0) + 2 * Theme.snug)
        radius: Theme.corner
        color: line.own ? (line.down ? Theme.tealPressed : Theme.teal) : Theme.mist
        border.color: line.ended ? "transparent" : Theme.slate
        border.width: line.ended ? 0 : Theme.hair

        FocusRing {
            anchors.margins: -Theme.line
            shown: line.visualFocus
        }

        Words {
            id: words

            x: Theme.gap
            y: Theme.snug
            width: Math.min(implicitWidth, bubble.most)
            text: line.said
            color: line.own ? Theme.white : Theme.ink
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Words {
            id: note

            x: Theme.gap
            anchors.top: words.bottom
            visible: text.length > 0
            width: Math.min(implicitWidth, bubble.most)
            text: line.condition
            color: line.own ? Theme.white : Theme.slate
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
    }
}
