// From the queue to another service: the place is kept until another one is really chosen.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Theme

FocusScope {
    id: others

    required property TilesModel tiles
    // Whose queue this is.
    required property AgencyModel agency

    property string wanted: ""

    signal chosen(string agency)
    signal bookingWanted(string agency)
    signal stayed
    signal leaveWanted

    function choose(agency: string, availability: string): void {
        // Nobody answers there now: a time can be had without leaving this queue.
        if (availability === "closed")
            others.bookingWanted(agency);
        else {
            others.wanted = agency;
            again.asked = true;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    // What lies under it is not touched through it.
    MouseArea {
        anchors.fill: parent
    }

    AgencyGrid {
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        height: ways.y - Theme.wide
        tiles: others.tiles
        without: others.agency.key
        onChosen: (agency, availability) => others.choose(agency, availability)
    }

    Item {
        id: ways

        x: Theme.margin
        y: parent.height - height - Theme.px(48)
        width: parent.width - 2 * Theme.margin
        height: Theme.px(Theme.portrait ? 232 : 104)

        ActionButton {
            anchors.left: parent.left
            width: Theme.portrait ? parent.width : implicitWidth
            kind: ActionButton.Kind.Quiet
            glyph: Glyphs.signOut
            text: qsTr("Leave the queue")
            onClicked: others.leaveWanted()
        }

        ActionButton {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            width: Theme.portrait ? parent.width : implicitWidth
            focus: true
            glyph: Glyphs.check
            text: qsTr("Stay in the queue")
            onClicked: others.stayed()
        }
    }

    AskAgain {
        id: again

        anchors.fill: parent
        question: qsTr("Choose the other service?")
        loss: qsTr("You will lose your place here.")
        keepWords: qsTr("Keep my place")
        loseWords: qsTr("Choose the other")
        onConfirmed: others.chosen(others.wanted)
    }
}
