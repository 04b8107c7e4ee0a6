// « Are you still there? » over whatever was shown, with one large answer.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: prompt

    required property int secondsLeft

    signal stillHere

    focus: visible
    Accessible.role: Accessible.Dialog
    Accessible.name: question.text

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
    }

    // A touch beside the button is an answer too.
    MouseArea {
        anchors.fill: parent
        onClicked: prompt.stillHere()
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.portrait ? parent.height * 0.42 : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.margin, Theme.px(1120))
        height: content.height + 2 * Theme.margin
        radius: Theme.corner * 1.5
        color: Theme.paper

        Column {
            id: content

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin
            spacing: Theme.wide

            Title {
                id: question

                width: parent.width
                sentence: qsTr("Are you still there?")
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                text: qsTr("The start screen comes back in %n seconds.", "", Math.max(0, prompt.secondsLeft))
                font.pixelSize: Theme.button
                horizontalAlignment: Text.AlignHCenter
            }

            ActionButton {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width, Theme.px(640))
                height: Theme.px(136)
                focus: true
                glyph: Glyphs.handPointing
                text: qsTr("Yes, I am here")
                onClicked: prompt.stillHere()
            }
        }
    }
}
