// A sentence that stands large by itself: its last line is never one short word.
import QtQuick

Words {
    required property string sentence

    text: sentence.replace(/ (?=\S{1,8}$)/, "\u00a0")
    Accessible.name: sentence
}
