// A control of the call's bar: a large sign over its word, all of it one target.
import QtQuick
import QtQuick.Templates as T
import VisioGuichet.Theme

T.AbstractButton {
    id: button

    required property string glyph
    // Something is not in its usual state and the resident should see it: a closed microphone.
    property bool alert: false
    // What is new behind it, in a few words; empty: nothing.
    property string news: ""

    implicitWidth: Math.max(Theme.px(196), word.implicitWidth + Theme.wide)
    implicitHeight: Theme.px(142)
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: news
    Accessible.focusable: true
    Accessible.onPressAction: button.clicked()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: button.down ? Theme.mistPressed : button.alert ? Theme.gold : Theme.white
        border.color: Theme.slate
        border.width: Theme.hair

        FocusRing {
            shown: button.visualFocus
        }
    }

    contentItem: Item {
        Pictogram {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(18)
            size: Theme.px(60)
            glyph: button.glyph
            color: Theme.ink
        }

        Rectangle {
            anchors.right: parent.right
            y: Theme.px(-22)
            width: told.implicitWidth + Theme.gap
            height: told.implicitHeight + Theme.tight
            visible: button.news.length > 0
            radius: height / 2
            color: Theme.gold
            border.color: Theme.ink
            border.width: Theme.hair

            Words {
                id: told

                anchors.centerIn: parent
                text: button.news
                font.pixelSize: Theme.small
                font.bold: true
                lineHeight: 1
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Words {
            id: word

            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.px(82)
            text: button.text
            font.pixelSize: Theme.body
            font.bold: true
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
