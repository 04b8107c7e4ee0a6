// Pictograms of the Phosphor font by their names there; a picture never stands without a word.
pragma Singleton

import QtQuick

QtObject {
    readonly property string family: "Phosphor"

    readonly property string arrowLeft: "\uf3b9"
    readonly property string circle: "\uf46a"
    readonly property string circleFill: "\uf857"
    readonly property string circleHalf: "\uf858"
    readonly property string clock: "\uf478"
    readonly property string wifiSlash: "\uf753"
    readonly property string checkCircle: "\uf851"
    readonly property string shieldCheck: "\ufa22"
    readonly property string house: "\uf5b4"
    readonly property string handPointing: "\uf928"
    readonly property string microphone: "\uf982"
    readonly property string microphoneSlash: "\uf983"
    readonly property string phoneDisconnect: "\uf9d9"
    readonly property string speakerHigh: "\ufa4a"
    readonly property string speakerSlash: "\ufa53"
    readonly property string cameraSlash: "\ufac1"
    readonly property string minus: "\uf5f6"
    readonly property string plus: "\uf661"
    readonly property string user: "\ufab4"
    readonly property string hourglass: "\uf93d"
    readonly property string papers: "\uf946"
    readonly property string renew: "\uf3c3"
    readonly property string wrench: "\ufad6"
    readonly property string warning: "\ufac6"
}
