// Days side by side; where there are more than fit, an arrow at each end brings the next ones.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Item {
    id: row

    required property RowsModel days

    readonly property int fitting: Theme.portrait ? 3 : 5
    readonly property bool turns: row.days.count > row.fitting
    readonly property real arrow: Theme.px(112)
    readonly property real share: Math.floor((list.width - (row.fitting - 1) * list.spacing) / row.fitting)
    // The first day in sight.
    property int first: 0

    signal chosen(key: string)

    function turn(by: int): void {
        row.first = Math.max(0, Math.min(row.days.count - row.fitting, row.first + by * row.fitting));
        list.positionViewAtIndex(row.first, ListView.Beginning);
    }

    implicitHeight: Theme.px(136)

    PadKey {
        width: row.arrow
        height: parent.height
        visible: row.turns
        enabled: row.first > 0
        opacity: enabled ? 1 : 0.4
        glyph: Glyphs.caretLeft
        text: qsTr("Before")
        onClicked: row.turn(-1)
    }

    ListView {
        id: list

        x: row.turns ? row.arrow + Theme.gap : 0
        width: parent.width - 2 * x
        height: parent.height
        orientation: ListView.Horizontal
        interactive: false
        spacing: Theme.gap
        // Rings of focus reach beyond a day.
        clip: row.turns
        model: row.days
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Days")

        delegate: ChoiceButton {
            required property string key
            required property string title

            required detail
            required chosen

            width: row.share
            height: list.height
            centred: true
            text: title
            onClicked: row.chosen(key)
        }
    }

    PadKey {
        x: parent.width - width
        width: row.arrow
        height: parent.height
        visible: row.turns
        enabled: row.first < row.days.count - row.fitting
        opacity: enabled ? 1 : 0.4
        glyph: Glyphs.caretRight
        text: qsTr("After")
        onClicked: row.turn(1)
    }
}
