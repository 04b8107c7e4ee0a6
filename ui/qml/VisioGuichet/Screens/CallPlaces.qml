// Where each part of a call's screen is: the face large, or small beside what is looked at.
import QtQuick
import VisioGuichet.Theme

Item {
    id: places

    // The on-screen keyboard is up: what is looked at makes way for the text and the face.
    required property bool typing
    required property bool writing
    required property bool papers
    required property bool shared
    // Height of what lies at the foot of the large face.
    required property real foot

    readonly property bool papersOpen: places.papers && !places.typing
    readonly property bool aside: places.papersOpen || (places.shared && !places.typing)

    readonly property real side: {
        if (places.aside)
            return Theme.px(places.writing ? 640 : 400);
        return places.writing ? Theme.px(800) : 0;
    }
    readonly property real strip: Theme.px(places.writing ? 330 : 380)
    readonly property real upright: places.writing ? Theme.px(places.aside ? 440 : 620) : 0
    readonly property real plateHeight: Theme.px(180)

    readonly property rect face: {
        if (Theme.portrait)
            return Qt.rect(0, 0, places.aside ? places.width - Theme.px(420) : places.width, places.aside ? places.strip : places.height - places.upright);
        if (places.aside)
            return Qt.rect(places.width - places.side, 0, places.side, Theme.px(places.writing ? 220 : 300));
        return Qt.rect(0, 0, places.width - places.side, places.height);
    }
    readonly property rect plate: {
        if (!places.aside)
            return Qt.rect(Theme.wide, Theme.wide, places.face.width - 2 * Theme.wide, 0);
        if (Theme.portrait)
            return Qt.rect(places.face.width, 0, Theme.px(420), 0);
        return Qt.rect(places.face.x, places.face.height, places.side, 0);
    }
    readonly property rect own: {
        const wide = Theme.selfView + 2 * Theme.line;
        const high = Math.round(Theme.selfView * 9 / 16) + 2 * Theme.line;
        if (!places.aside)
            return Qt.rect(places.face.width - wide - Theme.wide, places.face.height - places.foot - high - Theme.wide, wide, high);
        if (Theme.portrait)
            return Qt.rect(places.width - wide - Theme.wide, places.plateHeight + Theme.gap, wide, high);
        return Qt.rect(places.face.x + (places.side - wide) / 2, places.face.height + places.plateHeight + Theme.gap, wide, high);
    }
    // Beside both papers and text, and over the keyboard, it would leave nothing of the face.
    readonly property bool ownShown: Theme.portrait ? !places.aside || !places.writing : !places.typing && (!places.aside || !places.writing)
    readonly property rect text: {
        if (!places.writing)
            return Qt.rect(0, 0, 0, 0);
        if (Theme.portrait)
            return Qt.rect(0, places.height - places.upright, places.width, places.upright);
        const top = places.aside ? places.face.height + places.plateHeight : 0;
        return Qt.rect(places.width - places.side, top, places.side, places.height - top);
    }
    readonly property rect panel: {
        if (Theme.portrait)
            return Qt.rect(0, places.strip, places.width, places.height - places.strip - places.upright);
        return Qt.rect(0, 0, places.width - places.side, places.height);
    }
}
