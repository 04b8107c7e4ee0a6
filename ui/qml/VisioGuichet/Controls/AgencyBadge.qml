// The agency of this visit, beside its disc: the same on every screen after Home.
import QtQuick
import VisioGuichet.Models
import VisioGuichet.Theme

Item {
    id: badge

    required property AgencyModel agency

    implicitHeight: Math.max(Theme.bigDisc, names.height)

    AgencyDisc {
        id: disc

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.bigDisc
        monogram: badge.agency.monogram
        tint: badge.agency.tint
    }

    Column {
        id: names

        anchors.left: disc.right
        anchors.leftMargin: Theme.wide
        anchors.right: parent.right
        anchors.verticalCenter: disc.verticalCenter
        spacing: Theme.px(4)

        FittedWords {
            width: parent.width
            height: Math.min(implicitHeight, Theme.px(88))
            text: badge.agency.name
            font.pixelSize: Theme.heading
            font.bold: true
            verticalAlignment: Text.AlignBottom
        }

        FittedWords {
            width: parent.width
            height: Math.min(implicitHeight, Theme.px(76))
            text: badge.agency.fullName
            color: Theme.slate
            font.pixelSize: Theme.secondary
        }
    }
}
