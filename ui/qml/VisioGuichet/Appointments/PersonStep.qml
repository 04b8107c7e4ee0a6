// The hour is held: a first name and a telephone number, for whoever wishes to leave them.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: step

    readonly property string firstName: first.text.trim()
    readonly property string telephone: number.text.trim()

    signal accepted

    Flow {
        id: fields

        readonly property real share: Theme.portrait ? width : (width - Theme.wide) / 2

        width: parent.width
        spacing: Theme.wide

        LineField {
            id: first

            width: fields.share
            focus: true
            label: qsTr("Your first name")
            maximumLength: 40
            onAccepted: number.forceActiveFocus()
        }

        LineField {
            id: number

            width: fields.share
            label: qsTr("Your telephone, if you wish")
            hints: Qt.ImhDialableCharactersOnly
            maximumLength: 24
            onAccepted: step.accepted()
        }
    }

    Words {
        y: fields.height + Theme.wide
        width: parent.width
        // The keyboard takes its place when there is not room for both.
        visible: y + height <= step.height
        text: qsTr("The agent alone reads them, to greet you or to warn you of a change.")
        color: Theme.slate
    }
}
