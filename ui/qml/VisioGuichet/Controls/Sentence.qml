// A sentence that stands large by itself: its last line is never one short word.
import QtQuick

Words {
    required property string sentence

    // A hyphen joins (« rendez-vous »): no line ends there.
    text: sentence.replace(/ (?=\S{1,8}$)/, "\u00a0").replace(/rendez-vous/g, "rendez-\u2060vous")
    Accessible.name: sentence
}
