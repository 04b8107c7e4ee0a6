// The papers' step that is on, whichever screen it lies over; without a step, the menu of them.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models

Loader {
    id: panel

    required property PapersModel papers
    required property PapersTouches touches
    required property Component paperView
    // What the agent's or the resident's step is shown for; a menu stands where there is none.
    signal menuLeft

    // Made anew for each step and each document: what was begun in one is not there in the next.
    sourceComponent: {
        switch (panel.papers.step) {
        case "proposed":
            return proposed;
        case "scanning":
            return scanning;
        case "reviewing":
            return reviewing;
        case "reading":
            return reading;
        case "printing":
            return printing;
        case "taking_away":
            return takingAway;
        default:
            return menu;
        }
    }
    onLoaded: {
        (panel.item as Item).focus = true;
        pause.begin();
    }

    TouchPause {
        id: pause

        scene: panel.papers.step
    }

    Component {
        id: menu

        PapersMenu {
            papers: panel.papers
            touches: panel.touches
            onLeaveWanted: panel.menuLeft()
        }
    }

    Component {
        id: proposed

        Proposed {
            papers: panel.papers
            touches: panel.touches
        }
    }

    Component {
        id: scanning

        Scanning {
            papers: panel.papers
            touches: panel.touches
            paperView: panel.paperView
        }
    }

    Component {
        id: reviewing

        Reviewing {
            papers: panel.papers
            touches: panel.touches
            paperView: panel.paperView
        }
    }

    Component {
        id: reading

        Reading {
            papers: panel.papers
            touches: panel.touches
            paperView: panel.paperView
        }
    }

    Component {
        id: printing

        Printing {
            papers: panel.papers
            touches: panel.touches
        }
    }

    Component {
        id: takingAway

        TakingAway {
            papers: panel.papers
            touches: panel.touches
        }
    }
}
