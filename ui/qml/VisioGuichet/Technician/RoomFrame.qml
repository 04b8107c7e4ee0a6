// The constant places of a technician's room: what it is, what it shows, the way back, the ways on.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

FocusScope {
    id: frame

    required property TechnicianModel technician
    required property string title
    // A quiet line over the title: the device, the step.
    property string over: ""
    // Portrait: where the room's own things begin; lower where they are to be touched.
    property int portraitTop: Theme.px(300)
    default property alias body: body.data
    readonly property alias bodyHeight: body.height
    property alias back: back.data
    // The main way on first: it stands rightmost.
    property alias ways: ways.data

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: title

    Column {
        id: head

        x: Theme.margin
        y: Theme.portrait ? Theme.margin : Theme.snug
        width: parent.width - 2 * Theme.margin
        spacing: Theme.tight

        Words {
            width: parent.width - (leaving.visible ? leaving.width + Theme.gap : 0)
            visible: frame.over.length > 0
            text: frame.over
            color: Theme.slate
            font.pixelSize: Theme.secondary
        }

        Title {
            width: parent.width - (leaving.visible ? leaving.width + Theme.gap : 0)
            // A French sign stays on the line of its word.
            sentence: frame.title.replace(/ ([?!:;»])/g, "\u00a0$1")
            font.pixelSize: Theme.heading
        }

        Words {
            id: notice

            width: parent.width
            visible: frame.technician.notice.length > 0
            text: frame.technician.notice
            font.pixelSize: Theme.secondary
        }
    }

    LeavingNote {
        id: leaving

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: head.y
        technician: frame.technician
    }

    Item {
        id: body

        x: Theme.margin
        y: Math.max(Theme.portrait ? frame.portraitTop : 0, head.y + head.height + Theme.snug)
        width: parent.width - 2 * Theme.margin
        height: foot.y - Theme.snug - y
    }

    Item {
        id: foot

        x: Theme.margin
        y: frame.height - Theme.gap - height
        width: parent.width - 2 * Theme.margin
        height: Math.max(back.height, ways.height)

        Row {
            id: back

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            spacing: Theme.gap
        }

        Flow {
            id: ways

            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: parent.width - back.width - Theme.snug
            layoutDirection: Qt.RightToLeft
            spacing: Theme.snug
        }
    }
}
