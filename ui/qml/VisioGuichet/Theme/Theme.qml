// Every colour, size, distance and duration of the booth; no other file names one.
pragma Singleton

import QtQuick

QtObject {
    id: theme

    // The window sets these three.
    property real screenWidth: 1920
    property real screenHeight: 1080
    property bool reducedMotion: false

    readonly property bool portrait: theme.screenHeight > theme.screenWidth
    // Sizes are drawn for 1080 pixels on the shorter side. On a 24-inch 1080p screen one of them
    // is 0.277 mm, whatever the resolution of a panel of that height.
    readonly property real unit: Math.max(360, Math.min(theme.screenWidth, theme.screenHeight)) / 1080

    function px(design: real): int {
        return Math.round(design * theme.unit);
    }

    readonly property color paper: "#FBF8F3"
    readonly property color white: "#FFFFFF"
    readonly property color ink: "#17252D"
    readonly property color teal: "#0A4A57"
    readonly property color tealPressed: "#062F38"
    readonly property color gold: "#FFC83D"
    readonly property color brick: "#8E2A1C"
    readonly property color brickPressed: "#641B11"
    readonly property color green: "#1E5B3A"
    readonly property color mist: "#E9EEF0"
    readonly property color mistPressed: "#D3DDE1"
    readonly property color slate: "#42525B"
    // Edges of surfaces and unlit bars: 3:1 on paper and on mist (EN 301 549, 9.1.4.11).
    readonly property color edge: "#75858E"
    readonly property color veil: "#D917252D"
    // A dimmed booth: half of ink's light, and what is still read on it from near by.
    readonly property color night: "#0B1317"

    // What the colours of a screen are tested with: each of its three lights alone, all, none.
    readonly property list<color> screenTest: ["#FF0000", "#00FF00", "#0000FF", "#FFFFFF", "#000000"]

    readonly property string family: "Atkinson Hyperlegible"

    // Atkinson's capitals are 0.668 em high. 0.7° at 60 cm is 7.33 mm, which is 26.5 px at
    // 0.277 mm: what must be read is 40 px or more (LOOK asks 34 of body text; the larger wins).
    // `secondary` and `small` are for what only helps: a full name, a technician's note.
    readonly property int small: theme.px(28)
    readonly property int secondary: theme.px(34)
    readonly property int body: theme.px(40)
    readonly property int button: theme.px(44)
    readonly property int heading: theme.px(50)
    readonly property int title: theme.px(60)
    readonly property int number: theme.px(84)
    readonly property int huge: theme.px(132)

    // An 8 px grid.
    readonly property int hair: Math.max(1, theme.px(2))
    readonly property int line: Math.max(2, theme.px(4))
    readonly property int tight: theme.px(8)
    readonly property int snug: theme.px(16)
    readonly property int gap: theme.px(24)
    readonly property int wide: theme.px(32)
    readonly property int roomy: theme.px(48)
    readonly property int margin: theme.px(64)
    readonly property int corner: theme.px(24)

    // 15 mm is 55 px; nothing to be touched is near so small.
    readonly property int target: theme.px(104)
    // The technician's screens hold more; 23 mm are still no small key.
    readonly property int tool: theme.px(84)
    readonly property int pinKey: theme.px(128)
    // A field of the touch test: a fingertip hides it.
    readonly property int touchField: theme.px(120)
    readonly property int sign: theme.px(44)
    readonly property int qrSide: theme.px(560)
    readonly property int bar: theme.px(72)
    readonly property int disc: theme.px(104)
    readonly property int tileDisc: theme.px(92)
    readonly property int bigDisc: theme.px(132)
    // As wide as leaves the agent's picture in sight above it.
    readonly property int keyboard: theme.px(1280)
    readonly property int selfView: theme.px(280)
    // The dock never takes more than half of the screen.
    readonly property int dock: Math.min(theme.px(680), theme.screenWidth / 2)
    readonly property int dockHandle: theme.px(56)

    readonly property int brief: theme.reducedMotion ? 0 : 180
    readonly property int calm: theme.reducedMotion ? 0 : 240
    // How far what stands still for hours is moved, against burn-in: nobody sees it.
    readonly property int drift: theme.px(6)
    // One breath of the waiting ring: a person's at rest.
    readonly property int breath: 4000
}
