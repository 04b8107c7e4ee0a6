// The constant places of a screen: its sentence above, what it is for, the ways on below.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

FocusScope {
    id: frame

    required property string title
    property bool hasFooter: true
    // Something lies over all but the sentence.
    property bool covered: false
    // A question lies over all of it: nothing behind it can be pressed.
    property bool asked: false
    property int footerHeight: Theme.target
    // What stands under the footer: the on-screen keyboard.
    property real lift: 0
    default property alias body: body.data
    property alias footer: footer.data
    // What may lie over all of it: a question.
    property alias over: over.data
    // Portrait: what can be touched sits in the lower two thirds, in reach of a seated person.
    property int portraitTop: Theme.px(560)

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: title

    Spoken {
        words: frame.title
    }

    Title {
        id: sentence

        x: Theme.margin
        y: Theme.portrait ? Math.max(Theme.margin, (body.y - height) / 2) : Theme.px(34)
        width: parent.width - 2 * Theme.margin
        sentence: frame.title
        font.pixelSize: Theme.portrait ? Theme.px(76) : Theme.title
    }

    Item {
        id: body

        visible: !frame.covered
        enabled: !frame.asked
        x: Theme.margin
        y: Theme.portrait ? frame.portraitTop : sentence.y + sentence.height + Theme.wide
        width: parent.width - 2 * Theme.margin
        height: (frame.hasFooter ? footer.y - Theme.wide : frame.height - Theme.roomy) - y
    }

    Item {
        id: footer

        x: Theme.margin
        y: frame.height - frame.lift - (frame.lift > 0 ? Theme.gap : Theme.px(48)) - height
        width: parent.width - 2 * Theme.margin
        height: frame.footerHeight
        visible: frame.hasFooter && !frame.covered
        enabled: !frame.asked
    }

    Item {
        id: over

        anchors.fill: parent
    }
}
