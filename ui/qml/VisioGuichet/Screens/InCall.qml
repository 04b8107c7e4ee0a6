// Face to face: the agent large, or small beside papers, a shared window, written words.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models
import VisioGuichet.Papers
import VisioGuichet.Theme
import VisioGuichet.Video

FocusScope {
    id: screen

    required property CallModel call
    required property AgencyModel agency
    required property PapersModel papers
    required property Touches touches
    required property PapersTouches papersTouches
    // What draws the pictures; handed in, so that screens know nothing of feeds.
    required property Component agentView
    required property Component selfView
    required property Component paperView
    required property Component sharedView

    // Values of `DeviceKind`.
    required property list<string> lost

    // « Papiers » was touched: their menu is shown while no step is on.
    property bool menuOpen: false
    // « Écrire » was touched: the keyboard comes with the text.
    property bool writingAsked: false
    readonly property bool showing: screen.call.showing

    // What the call itself has noticed comes before what the booth knew already.
    readonly property list<string> missing: [
        ...(screen.call.loudspeakerWorking ? [] : ["loudspeaker"]),
        ...(screen.call.microphoneWorking ? [] : ["microphone"]),
        ...(screen.call.cameraWorking ? [] : ["camera"]),
        ...screen.lost.filter(device => ["loudspeaker", "microphone", "camera"].indexOf(device) < 0)
    ]

    function write(): void {
        const open = writing.item as Written;
        if (open !== null)
            open.write();
        screen.writingAsked = open === null;
        screen.touches.showWriting(true);
    }

    // What the agent asks for or shows is seen by who types, too: the keyboard goes, the words stay.
    // The focus is nobody's then: the key or the touch on its way was meant for the text.
    function lookUp(): void {
        if (!places.typing)
            return;
        handsOff.begin();
        places.forceActiveFocus();
    }

    // What had the focus has gone: a key would press nothing until Tab is struck.
    function focusControls(): void {
        const first = controls.nextItemInFocusChain() as Item;
        first.forceActiveFocus();
    }

    focus: true
    onShowingChanged: if (screen.showing)
        screen.lookUp()

    Connections {
        target: screen.papers

        // A step that ends leads back to the face, not to the menu it began in.
        function onStepChanged(): void {
            if (screen.papers.step === "none")
                return;
            screen.menuOpen = false;
            screen.lookUp();
        }
    }

    CallPlaces {
        id: places

        width: parent.width
        height: keyboard.y
        typing: keyboard.height > 0
        writing: screen.call.writing
        papers: screen.papers.step !== "none" || screen.menuOpen
        shared: screen.call.showing
        foot: Math.max(card.height, notice.visible ? notice.height : 0)
    }

    AgentPicture {
        id: agentPicture

        x: places.face.x
        y: places.face.y
        width: places.face.width
        height: places.face.height
        call: screen.call
        compact: places.aside
        // Beside the written words the own picture is as wide as what is said of the agent's.
        taken: screen.call.writing && !places.aside ? agentPicture.height - ownPicture.y : 0
        live: agent.view !== null && agent.view.hasPicture
              && (screen.call.remoteVideo || !agent.view.stalled)

        Loader {
            id: agent

            readonly property PictureView view: item as PictureView

            anchors.fill: parent
            sourceComponent: screen.agentView
        }
    }

    NamePlate {
        x: places.plate.x
        y: places.plate.y
        most: places.plate.width
        compact: places.aside
        agentName: screen.call.agentName
        agencyName: screen.agency.name
        elapsedSeconds: screen.call.elapsedSeconds
        quality: screen.call.quality
    }

    SelfView {
        id: ownPicture

        x: places.own.x
        y: places.own.y
        visible: places.ownShown
        cameraWorking: screen.call.cameraWorking
        muted: screen.call.muted

        Loader {
            anchors.fill: parent
            sourceComponent: screen.selfView
        }
    }

    Loader {
        id: panel

        x: places.panel.x
        y: places.panel.y
        width: places.panel.width
        height: places.panel.height
        active: places.aside
        sourceComponent: places.papersOpen ? papersPanel : sharedWindow
        onLoaded: if (places.papersOpen && !places.activeFocus)
            panel.forceActiveFocus()
        onItemChanged: if (!places.papersOpen && (panel.activeFocus || panel.item === null && places.activeFocus))
            screen.focusControls()
    }

    Component {
        id: papersPanel

        PapersPanel {
            focus: true
            papers: screen.papers
            touches: screen.papersTouches
            paperView: screen.paperView
            onMenuLeft: {
                screen.menuOpen = false;
                screen.papersTouches.close();
            }
        }
    }

    Component {
        id: sharedWindow

        SharedWindow {
            call: screen.call
            sharedView: screen.sharedView
        }
    }

    Column {
        id: notice

        x: agentPicture.x
        y: agentPicture.height - height
        width: agentPicture.width
        visible: !places.aside && !card.active

        TroubleNotice {
            width: parent.width
            radius: 0
            trouble: screen.papers.trouble
        }

        LostDevices {
            width: parent.width
            devices: screen.missing
            // Written words and their keys leave room for one.
            most: screen.call.writing ? 1 : 2
            spacing: 0
            corner: 0
        }
    }

    Loader {
        id: card

        // Over a shared window, too: what was given must not wait until that is over.
        x: places.aside ? places.panel.x : agentPicture.x
        y: (places.aside ? places.panel.y + places.panel.height : agentPicture.height) - height
        width: places.aside ? places.panel.width : agentPicture.width
        height: active ? implicitHeight : 0
        active: screen.papers.announced.length > 0 && !places.papersOpen
        onActiveChanged: if (!card.active && card.activeFocus)
            screen.focusControls()
        sourceComponent: Announcement {
            papers: screen.papers
            touches: screen.papersTouches
        }
    }

    Loader {
        id: writing

        x: places.text.x
        y: places.text.y
        width: places.text.width
        height: places.text.height
        active: screen.call.writing
        onLoaded: {
            if (screen.writingAsked || !screen.call.microphoneWorking)
                (writing.item as Written).write();
            screen.writingAsked = false;
        }
        onActiveChanged: if (!writing.active && writing.activeFocus)
            screen.focusControls()
        sourceComponent: Written {
            call: screen.call
            onTyped: text => screen.touches.typeText(text)
            onSent: screen.touches.endText()
            onCorrected: (number, text) => screen.touches.correctText(number, text)
            onLeaveWanted: screen.touches.showWriting(false)
        }
    }

    Item {
        id: keyboard

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: controls.top
        height: keys.shown !== null && keys.shown.visible ? keys.height : 0

        Loader {
            id: keys

            readonly property OnScreenKeyboard shown: item as OnScreenKeyboard

            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, Theme.keyboard)
            active: screen.call.writing
            sourceComponent: OnScreenKeyboard {}
        }
    }

    TouchPause {
        id: handsOff

        anchors.bottomMargin: controls.height
        scene: null
    }

    CallBar {
        id: controls

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: implicitHeight
        call: screen.call
        papers: screen.papers
        papersShown: places.papersOpen
        onMuteWanted: muted => screen.touches.setMuted(muted)
        onVolumeWanted: volume => screen.touches.setVolume(volume)
        onPapersWanted: screen.menuOpen = true
        onWritingWanted: screen.write()
        onHungUp: screen.touches.hangUp()
    }
}
