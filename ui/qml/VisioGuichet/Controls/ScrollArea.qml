// What may be longer than its place: it scrolls by touch, follows the keyboard, and shows how far.
import QtQuick
import VisioGuichet.Theme

Flickable {
    id: area

    default property alias content: inside.data

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

    contentHeight: inside.height
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    clip: interactive

    Connections {
        target: area.Window.window

        function onActiveFocusItemChanged(): void {
            area.reveal(area.Window.activeFocusItem);
        }
    }

    Item {
        id: inside

        width: area.width
        height: childrenRect.height
    }

    Rectangle {
        // In the margin beside it: what scrolls and what does not are equally wide.
        parent: area.parent
        x: area.x + area.width + Theme.tight
        y: area.y + area.visibleArea.yPosition * area.height
        width: Theme.tight
        height: area.visibleArea.heightRatio * area.height
        visible: area.interactive && area.visible
        radius: width / 2
        color: Theme.edge
    }
}
