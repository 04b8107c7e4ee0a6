// One line to be typed under its label, with the on-screen keyboard; nothing of it is learnt.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

FocusScope {
    id: line

    required property string label
    property alias text: field.text
    property alias maximumLength: field.maximumLength
    property int hints: Qt.ImhNone

    signal accepted

    implicitHeight: name.height + Theme.tight + Theme.target

    Words {
        id: name

        width: parent.width
        text: line.label
        font.bold: true
        Accessible.ignored: true
    }

    T.TextField {
        id: field

        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.target
        focus: true
        leftPadding: Theme.gap
        rightPadding: Theme.gap
        verticalAlignment: TextInput.AlignVCenter
        font.family: Theme.family
        font.pixelSize: Theme.button
        color: Theme.ink
        selectByMouse: true
        maximumLength: 60
        // What a resident writes is nobody's to learn from.
        inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData | line.hints
        Accessible.role: Accessible.EditableText
        Accessible.name: line.label
        Keys.onReturnPressed: line.accepted()
        Keys.onEnterPressed: line.accepted()

        background: Rectangle {
            radius: Theme.corner
            color: Theme.white
            border.color: Theme.slate
            border.width: Math.max(2, Theme.px(3))

            FocusRing {
                anchors.margins: -Theme.tight
                shown: field.activeFocus
            }
        }
    }
}
