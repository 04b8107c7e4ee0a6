// Some of a list's steps, one below the other.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Models
import VisioGuichet.Theme

Column {
    id: column

    required property RowsModel steps
    required property int first
    required property int count

    spacing: Theme.px(6)

    Repeater {
        model: column.steps

        StepRow {
            width: column.width
            visible: index >= column.first && index < column.first + column.count
        }
    }
}
