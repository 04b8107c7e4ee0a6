// The line that the resident types: each key is told at once, its end is « Envoyer ».
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: entry

    // While a line is corrected nothing of it is told before it is sent.
    property bool correcting: false

    signal typed(text: string)
    signal sent(text: string)

    // What stands in the field, with what the on-screen keyboard has not yet let go of.
    readonly property string reading: field.text.slice(0, field.cursorPosition) + field.preeditText + field.text.slice(field.cursorPosition)
    // Words that are put in or taken out here are no keys.
    property bool quiet: false

    function fill(text: string): void {
        entry.quiet = true;
        field.text = text;
        entry.quiet = false;
        field.cursorPosition = text.length;
    }

    function send(): void {
        // qmllint disable missing-property
        Qt.inputMethod.commit();
        // qmllint enable missing-property
        const text = field.text;
        if (text.trim().length === 0 && !entry.correcting)
            return;
        entry.fill("");
        entry.sent(text);
    }

    onReadingChanged: {
        if (!entry.quiet && !entry.correcting)
            entry.typed(entry.reading);
    }
    implicitHeight: Theme.target

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
        Keys.onReturnPressed: entry.send()
        Keys.onEnterPressed: entry.send()

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
        implicitWidth: Theme.px(270)
        glyph: entry.correcting ? Glyphs.pencil : Glyphs.send
        text: entry.correcting ? qsTr("Correct") : qsTr("Send")
        onClicked: entry.send()
    }
}
