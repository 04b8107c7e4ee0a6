// One page, whole; two buttons make it larger than its place, and a finger moves it then.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Theme
import VisioGuichet.Video

Item {
    id: page

    required property Component paperView
    required property string describes
    // Width by height, until the picture itself has come.
    property real expected: 0

    property int number: 1
    property int pages: 1

    signal pageWanted(int number)

    // Of the width that the page has when it is alone; at the last, letters of 8 points are as
    // large as this booth's own.
    readonly property list<real> factors: [1, 1.5, 2.2]
    // Steps of enlargement; at 0 the whole page is seen.
    property int factor: 0
    readonly property bool large: page.factor > 0

    readonly property PictureView view: loader.item as PictureView
    readonly property real aspect: view !== null && view.aspect > 0 ? view.aspect : page.expected > 0 ? page.expected : 0.707
    readonly property real fitted: Math.floor(Math.min(pane.width, pane.height * page.aspect))

    // A page is upright: where its place is not, the buttons stand beside it.
    readonly property bool flat: page.width > 1.3 * page.height
    readonly property real key: Math.min(Theme.px(300), page.flat ? page.width * 0.4 : (page.width - Theme.snug) / 2)

    function toTop(): void {
        pane.contentX = 0;
        pane.contentY = 0;
    }

    Flickable {
        id: pane

        width: parent.width - (page.flat ? keys.width + Theme.snug : 0)
        height: parent.height - (page.flat ? 0 : keys.height + Theme.snug)
        contentWidth: Math.max(width, sheet.width)
        contentHeight: Math.max(height, sheet.height)
        boundsBehavior: Flickable.StopAtBounds
        interactive: page.large
        clip: true
        Accessible.role: Accessible.Graphic
        Accessible.name: page.describes

        Rectangle {
            id: sheet

            x: Math.max(0, (pane.width - width) / 2)
            y: Math.max(0, (pane.height - height) / 2)
            width: page.large ? pane.width * page.factors[page.factor - 1] : page.fitted
            height: Math.floor(width / page.aspect)
            color: Theme.white
            border.color: Theme.edge
            border.width: Theme.hair

            Words {
                anchors.centerIn: parent
                visible: page.view === null || page.view.aspect <= 0
                text: qsTr("One moment…")
                color: Theme.slate
            }

            Loader {
                id: loader

                anchors.fill: parent
                anchors.margins: Theme.hair
                sourceComponent: page.paperView
            }
        }
    }

    Grid {
        id: keys

        x: page.flat ? page.width - width : (page.width - width) / 2
        y: page.height - height
        columns: page.flat ? 1 : 2
        spacing: Theme.snug

        PanelButton {
            width: page.key
            visible: page.large && page.pages > 1
            enabled: page.number > 1
            glyph: Glyphs.caretLeft
            text: qsTr("Before")
            Accessible.name: qsTr("Page before")
            onClicked: page.pageWanted(page.number - 1)
        }

        PanelButton {
            width: page.key
            visible: page.large && page.pages > 1
            enabled: page.number < page.pages
            glyph: Glyphs.caretRight
            text: qsTr("Next")
            Accessible.name: qsTr("Next page")
            onClicked: page.pageWanted(page.number + 1)
        }

        PanelButton {
            width: page.key
            enabled: page.large
            glyph: Glyphs.zoomOut
            text: qsTr("Smaller")
            onClicked: page.factor = page.factor - 1
        }

        PanelButton {
            width: page.key
            enabled: page.factor < page.factors.length
            glyph: Glyphs.zoomIn
            text: qsTr("Larger")
            onClicked: page.factor = page.factor + 1
        }
    }
}
