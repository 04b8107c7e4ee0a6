// One question with a handful of answers: which agency, what it is about.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

ArrowScroll {
    id: step

    required property RowsModel choices

    readonly property int columns: Theme.portrait ? 1 : 2
    readonly property real share: Math.floor((step.innerWidth - (columns - 1) * Theme.gap) / columns)

    signal chosen(key: string)

    Grid {
        columns: step.columns
        spacing: Theme.gap

        Repeater {
            model: step.choices

            ChoiceButton {
                required property int index
                required property string key
                required property string title

                required detail

                width: step.share
                height: Theme.px(180)
                focus: index === 0
                horizontalPadding: Theme.wide
                centred: false
                text: title
                onClicked: step.chosen(key)
            }
        }
    }
}
