// What a test needs the whole screen for, bar and all; it goes when it has been gone through.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Models

Loader {
    id: surface

    required property TechnicianModel technician
    required property TechnicianTouches touches
    // The technician's screens are shown at all.
    required property bool inside

    readonly property GuidedModel step: surface.technician.guided as GuidedModel
    readonly property bool wanted: surface.inside && surface.technician.room === "test" && !surface.step.ended && surface.step.hint.length === 0 && (surface.step.surface === "touch_grid" || surface.step.surface === "colours")
    // Gone through or left: the booth's answer takes a moment, and the field is shown no longer.
    property bool over: false

    function end(good: bool): void {
        surface.over = true;
        surface.touches.surfaceDone(good);
    }

    active: surface.wanted && !surface.over
    focus: active
    sourceComponent: surface.step.surface === "colours" ? colours : grid
    onWantedChanged: surface.over = false

    Connections {
        target: surface.step

        function onStepChanged(): void {
            surface.over = false;
        }
    }

    Component {
        id: grid

        TouchGrid {
            onDone: good => surface.end(good)
        }
    }

    Component {
        id: colours

        Colours {
            onDone: good => surface.end(good)
        }
    }
}
