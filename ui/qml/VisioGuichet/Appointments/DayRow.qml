// Days side by side; where there are more than fit, an arrow at each end brings the next ones.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Row {
    id: row

    required property RowsModel days

    readonly property int fitting: Theme.portrait ? 3 : 5
    readonly property bool turns: row.days.count > row.fitting
    readonly property int last: Math.max(0, row.days.count - row.fitting)
    readonly property real arrow: Theme.px(112)
    readonly property real room: row.width - (row.turns ? 2 * (row.arrow + row.spacing) : 0)
    readonly property real share: Math.floor((row.room - (row.fitting - 1) * row.spacing) / row.fitting)
    // How far the arrows have turned it, and the first day in sight.
    property int turned: 0
    readonly property int first: Math.min(row.turned, row.last)

    signal chosen(key: string)

    height: Theme.px(136)
    spacing: Theme.gap

    PadKey {
        width: row.arrow
        height: row.height
        visible: row.turns
        enabled: row.first > 0
        opacity: enabled ? 1 : 0.4
        glyph: Glyphs.caretLeft
        text: qsTr("Before")
        onClicked: row.turned = Math.max(0, row.first - row.fitting)
    }

    Repeater {
        model: row.days

        ChoiceButton {
            required property int index
            required property string key
            required property string title

            required detail
            required chosen

            width: row.share
            height: row.height
            visible: index >= row.first && index < row.first + row.fitting
            centred: true
            text: title
            onClicked: row.chosen(key)
        }
    }

    PadKey {
        width: row.arrow
        height: row.height
        visible: row.turns
        enabled: row.first < row.last
        opacity: enabled ? 1 : 0.4
        glyph: Glyphs.caretRight
        text: qsTr("After")
        onClicked: row.turned = Math.min(row.last, row.first + row.fitting)
    }
}
