// The thin bar that is the same on every screen: where this is, what time it is, who is expected.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

Rectangle {
    id: bar

    required property ShellModel shell
    required property ExpectedModel expected

    // Home says it itself, and larger, when the booth is kept.
    readonly property bool soon: bar.expected.starts.length > 0 && !(bar.shell.screen === "home" && bar.expected.kept)
    // Whoever uses the booth has so long to finish.
    readonly property bool near: bar.soon && bar.expected.kept
    // On a line of its own, where the first has no room for all of it.
    readonly property bool below: bar.soon && (Theme.portrait || bar.shell.assisted)

    // More than fit on the line are counted: the technician's overview names each.
    readonly property string simulated: shell.simulated.length > 3 ? qsTr("Simulated: %n devices", "", shell.simulated.length) : qsTr("Simulated: %1").arg(shell.simulated.map(kind => DeviceKinds.words(kind)).join(", "))

    height: bar.below ? 2 * Theme.bar : Theme.bar
    color: Theme.paper

    Words {
        id: where

        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        height: Theme.bar
        verticalAlignment: Text.AlignVCenter
        width: Math.min(implicitWidth, (corner.visible ? corner.x - Theme.wide : soonPlate.visible && !bar.below ? soonPlate.x - Theme.wide : parent.width - Theme.margin) - x - (assisted.visible ? assisted.width + Theme.gap : 0))
        text: qsTr("%1 · %2").arg(bar.shell.placeName).arg(bar.shell.time)
        font.pixelSize: Theme.secondary
        wrapMode: Text.NoWrap
        elide: Text.ElideMiddle
    }

    // A mediator's card was read: whoever showed it sees that it was.
    Row {
        id: assisted

        anchors.left: where.right
        anchors.leftMargin: Theme.gap
        height: Theme.bar
        spacing: Theme.tight
        visible: bar.shell.assisted

        Pictogram {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.secondary
            glyph: Glyphs.checkCircle
            color: Theme.green
        }

        Words {
            height: Theme.bar
            text: qsTr("A mediator helps you")
            font.pixelSize: Theme.secondary
            font.bold: true
            wrapMode: Text.NoWrap
            verticalAlignment: Text.AlignVCenter
        }
    }

    Row {
        id: corner

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        height: Theme.bar
        spacing: Theme.tight
        // Who is expected concerns everybody, what is simulated the technician alone.
        visible: bar.shell.simulated.length > 0 && (Theme.portrait || !bar.soon) && !(Theme.portrait && bar.shell.assisted)

        Pictogram {
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.small
            glyph: Glyphs.wrench
            color: Theme.slate
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, bar.width * (Theme.portrait ? 0.3 : 0.42))
            height: Theme.bar
            text: bar.simulated
            color: Theme.slate
            font.pixelSize: Theme.small
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.px(22)
            lineHeight: 1
            verticalAlignment: Text.AlignVCenter
            elide: Text.ElideRight
        }
    }

    Rectangle {
        id: soonPlate

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: (bar.below ? Theme.bar : 0) + (Theme.bar - height) / 2
        width: Theme.portrait ? parent.width - 2 * Theme.margin : soonRow.width + 2 * Theme.gap
        height: Theme.bar - Theme.snug
        visible: bar.soon
        radius: Theme.corner
        color: bar.near ? Theme.gold : Theme.mist

        Row {
            id: soonRow

            anchors.centerIn: parent
            spacing: Theme.snug

            Pictogram {
                anchors.verticalCenter: parent.verticalCenter
                size: Theme.secondary
                glyph: Glyphs.calendarCheck
                color: bar.near ? Theme.ink : Theme.teal
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                color: Theme.ink
                text: bar.near && bar.expected.minutes > 0 ? qsTr("An appointment begins here at %1: %n minutes left.", "", bar.expected.minutes).arg(bar.expected.starts) : qsTr("An appointment begins here at %1.").arg(bar.expected.starts)
                font.pixelSize: Theme.secondary
                wrapMode: Text.NoWrap
            }
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hair
        color: Theme.mistPressed
    }
}
