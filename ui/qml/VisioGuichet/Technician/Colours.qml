// The screen's colours one after the other, whole: stains and dead points show; a touch goes on.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: colours

    // How long the words stand in the way of what is looked at, and how long nobody need touch.
    property int wordsMs: 4000
    property int leaveAfterMs: 60000

    property int shown: 0
    property bool ended: false

    readonly property list<string> names: [qsTr("Red"), qsTr("Green"), qsTr("Blue"), qsTr("White"), qsTr("Black")]

    signal done(good: bool)

    function end(good: bool): void {
        if (colours.ended)
            return;
        colours.ended = true;
        colours.done(good);
    }

    function next(): void {
        patience.restart();
        if (colours.shown + 1 < Theme.screenTest.length)
            colours.shown += 1;
        else
            colours.end(true);
    }

    focus: true
    Accessible.role: Accessible.Button
    Accessible.name: said.text
    Accessible.focusable: true
    Accessible.onPressAction: colours.next()
    Keys.onEscapePressed: colours.end(false)
    Keys.onSpacePressed: colours.next()
    Keys.onReturnPressed: colours.next()
    Keys.onEnterPressed: colours.next()

    Rectangle {
        anchors.fill: parent
        color: Theme.screenTest[colours.shown]
    }

    MouseArea {
        anchors.fill: parent
        onClicked: colours.next()
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.margin
        width: said.width + 2 * Theme.wide
        height: said.height + 2 * Theme.snug
        visible: words.running
        radius: Theme.corner
        color: Theme.paper

        Words {
            id: said

            anchors.centerIn: parent
            text: qsTr("%1, %2 of %3: touch to go on").arg(colours.names[colours.shown]).arg(colours.shown + 1).arg(Theme.screenTest.length)
            font.pixelSize: Theme.secondary
            wrapMode: Text.NoWrap
        }
    }

    Timer {
        id: words

        interval: colours.wordsMs
        running: true
    }

    Timer {
        id: patience

        interval: colours.leaveAfterMs
        running: true
        onTriggered: colours.end(false)
    }
}
