// Tells a screen reader words that have changed in their place, where no focus moves: the words of
// its parent, once they have stood for a moment.
import QtQuick

Item {
    id: spoken

    required property string words
    // They come over a screen that is there already: the first ones are told as well.
    property bool atFirst: false
    // What was told last, or read with the screen.
    property string told: ""

    objectName: "spoken"
    onWordsChanged: settled.restart()
    onVisibleChanged: settled.restart()
    Component.onCompleted: {
        if (!spoken.atFirst && spoken.visible)
            spoken.told = spoken.words;
    }

    Timer {
        id: settled

        // What the document camera sees changes several times a second.
        interval: 700
        onTriggered: {
            const now = spoken.visible ? spoken.words : "";
            if (now.length > 0 && now !== spoken.told)
                spoken.parent.Accessible.announce(now);
            spoken.told = now;
        }
    }
}
