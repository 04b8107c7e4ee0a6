// More than fits in its place: two large arrows beside it move it by most of its height.
import QtQuick
import VisioGuichet.Theme

Item {
    id: scroll

    default property alias content: inside.data
    readonly property real innerWidth: inside.width

    // Judged when all is laid out, because the arrows make what stands beside them higher.
    property bool turns: false

    function judge(): void {
        scroll.turns = inside.height > scroll.height + 1;
    }

    // What has the focus of the keyboard is in sight, too.
    function reveal(focused: Item): void {
        let above = focused;
        while (above && above !== inside)
            above = above.parent;
        if (!above)
            return;
        const top = focused.mapToItem(inside, 0, 0).y;
        const lowest = top + focused.height - area.height;
        area.contentY = Math.max(0, Math.min(top, Math.max(lowest, area.contentY)));
    }

    function move(by: real): void {
        const most = Math.max(0, area.contentHeight - area.height);
        area.contentY = Math.max(0, Math.min(most, area.contentY + by * area.height * 0.8));
    }

    onHeightChanged: Qt.callLater(scroll.judge)
    Component.onCompleted: scroll.judge()

    Connections {
        target: scroll.Window.window

        function onActiveFocusItemChanged(): void {
            scroll.reveal(scroll.Window.activeFocusItem);
        }
    }

    Flickable {
        id: area

        width: parent.width - (arrows.visible ? arrows.width + Theme.gap : 0)
        height: parent.height
        contentHeight: inside.height
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        clip: interactive
        onContentHeightChanged: {
            contentY = 0;
            Qt.callLater(scroll.judge);
        }

        Behavior on contentY {
            enabled: !area.moving

            NumberAnimation {
                duration: Theme.calm
                easing.type: Easing.OutCubic
            }
        }

        Item {
            id: inside

            width: area.width
            height: childrenRect.height
        }
    }

    Column {
        id: arrows

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        visible: scroll.turns
        spacing: Theme.wide

        PadKey {
            implicitWidth: Theme.px(150)
            implicitHeight: Theme.px(150)
            enabled: !area.atYBeginning
            opacity: enabled ? 1 : 0.4
            glyph: Glyphs.caretUp
            text: qsTr("Higher")
            onClicked: scroll.move(-1)
        }

        PadKey {
            implicitWidth: Theme.px(150)
            implicitHeight: Theme.px(150)
            enabled: !area.atYEnd
            opacity: enabled ? 1 : 0.4
            glyph: Glyphs.caretDown
            text: qsTr("Lower")
            onClicked: scroll.move(1)
        }
    }
}
