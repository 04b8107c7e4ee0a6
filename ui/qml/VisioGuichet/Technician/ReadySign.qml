// Whether the booth may be opened to the public: a sign and two words.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme

Row {
    id: sign

    required property bool ready

    readonly property color colour: sign.ready ? Theme.green : Theme.brick

    spacing: Theme.snug

    Pictogram {
        anchors.verticalCenter: parent.verticalCenter
        size: Theme.title
        glyph: sign.ready ? Glyphs.checkCircle : Glyphs.warning
        color: sign.colour
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: sign.ready ? qsTr("Ready") : qsTr("Not ready")
        color: sign.colour
        font.pixelSize: Theme.button
        font.bold: true
        wrapMode: Text.NoWrap
    }
}
