// The places of every step with papers: what is looked at, and beside or under it what can be done.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: frame

    required property string title
    // A value of `PapersTrouble`, told under the picture; upright, at the foot of all.
    property string trouble: "none"
    // The picture has all of the panel; what can be done comes back with the next touch.
    property bool alone: false
    // The page, the camera's picture, or a sign.
    default property alias picture: place.data
    property alias beside: column.data

    readonly property real foot: notice.visible ? frame.height - notice.height - Theme.gap : frame.height
    readonly property bool stacked: frame.width < 1.15 * frame.height
    // How wide a button is: two stand side by side where the panel is upright.
    readonly property real cell: frame.stacked ? Math.floor((column.width - Theme.snug) / 2) : column.width

    Accessible.role: Accessible.Pane
    Accessible.name: title

    Spoken {
        words: frame.title
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    Item {
        id: place

        x: Theme.gap
        y: Theme.gap
        width: (frame.stacked || frame.alone ? frame.width : area.x) - 2 * Theme.gap
        height: (frame.stacked && !frame.alone ? area.y : frame.foot) - 2 * Theme.gap
    }

    TroubleNotice {
        id: notice

        x: Theme.gap
        y: frame.foot
        width: (frame.stacked ? frame.width : area.x) - 2 * Theme.gap
        trouble: frame.trouble
    }

    ScrollArea {
        id: area

        visible: !frame.alone
        readonly property real widest: Math.min(Theme.px(640), frame.width * 0.45)
        readonly property real highest: frame.height * 0.62

        x: frame.stacked ? Theme.wide : frame.width - width - Theme.wide
        y: frame.stacked ? frame.foot - height - Theme.gap : Theme.gap
        width: frame.stacked ? frame.width - 2 * Theme.wide : widest
        height: frame.stacked ? Math.min(highest, contentHeight) : frame.height - 2 * Theme.gap

        Column {
            id: column

            width: area.width
            spacing: Theme.snug
            // Room for the focus ring of the first and the last button, which stands out.
            topPadding: Theme.tight
            bottomPadding: Theme.tight

            Words {
                width: column.width
                text: frame.title
                font.pixelSize: Theme.heading
                font.bold: true
                lineHeight: 1.05
                Accessible.role: Accessible.Heading
            }
        }
    }
}
