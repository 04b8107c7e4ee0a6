// Asks once more before something is lost; what keeps it is the main answer, and a touch beside.
import QtQuick
import VisioGuichet.Theme

FocusScope {
    id: prompt

    required property string question
    required property string loss
    required property string keepWords
    required property string loseWords
    property bool asked: false
    // What had the focus when it was asked has it again afterwards.
    property Item before

    signal confirmed

    function giveBack(): void {
        if (!prompt.asked && prompt.before && prompt.before.visible && prompt.before.enabled)
            prompt.before.forceActiveFocus();
    }

    visible: prompt.asked
    focus: prompt.asked
    Accessible.role: Accessible.Dialog
    Accessible.name: prompt.question
    // Not before what is behind can have it.
    onAskedChanged: Qt.callLater(prompt.giveBack)

    Connections {
        target: prompt.Window.window

        function onActiveFocusItemChanged(): void {
            const focused = prompt.Window.activeFocusItem;
            // Only a control: between two of them a screen itself has the focus.
            if (!prompt.asked && focused && focused.activeFocusOnTab)
                prompt.before = focused;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
    }

    TouchPause {
        scene: prompt.asked
    }

    MouseArea {
        anchors.fill: parent
        onClicked: prompt.asked = false
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.portrait ? parent.height * 0.36 : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * Theme.margin, Theme.px(1240))
        height: content.height + 2 * Theme.margin
        radius: Theme.corner * 1.5
        color: Theme.paper

        Column {
            id: content

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.margin
            spacing: Theme.wide

            Title {
                width: parent.width
                sentence: prompt.question
                horizontalAlignment: Text.AlignHCenter
            }

            Words {
                width: parent.width
                text: prompt.loss
                font.pixelSize: Theme.button
                horizontalAlignment: Text.AlignHCenter
            }

            Flow {
                width: parent.width
                spacing: Theme.gap
                layoutDirection: Qt.RightToLeft

                ActionButton {
                    id: keep

                    width: Theme.portrait ? parent.width : (parent.width - Theme.gap) / 2
                    focus: true
                    KeyNavigation.tab: lose
                    KeyNavigation.backtab: lose
                    glyph: Glyphs.check
                    text: prompt.keepWords
                    onClicked: prompt.asked = false
                }

                ActionButton {
                    id: lose

                    width: Theme.portrait ? parent.width : (parent.width - Theme.gap) / 2
                    KeyNavigation.tab: keep
                    KeyNavigation.backtab: keep
                    kind: ActionButton.Kind.Quiet
                    glyph: Glyphs.signOut
                    text: prompt.loseWords
                    onClicked: {
                        prompt.asked = false;
                        prompt.confirmed();
                    }
                }
            }
        }
    }
}
