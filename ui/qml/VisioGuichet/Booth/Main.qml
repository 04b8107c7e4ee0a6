// The booth's one window: full screen and without a frame, unless a size is asked for.
pragma ComponentBehavior: Bound

import QtQuick
import VisioGuichet.Models
import VisioGuichet.Theme
import VisioGuichet.Video

Window {
    id: window

    required property ShellModel shell
    required property TilesModel tiles
    required property AgencyModel agency
    required property WaitingModel waiting
    required property CallModel call
    required property EndedModel ended
    required property Touches touches
    required property PictureFeed agentFeed
    required property PictureFeed selfFeed
    required property bool reducedMotion

    title: qsTr("Visio-guichet")
    color: Theme.paper

    Booth {
        anchors.fill: parent
        focus: true
        shell: window.shell
        tiles: window.tiles
        agency: window.agency
        waiting: window.waiting
        call: window.call
        ended: window.ended
        touches: window.touches

        agentView: Component {
            PictureView {
                feed: window.agentFeed
            }
        }

        selfView: Component {
            PictureView {
                feed: window.selfFeed
                mirrored: true
            }
        }
    }

    Binding {
        target: Theme
        property: "screenWidth"
        value: window.width
    }

    Binding {
        target: Theme
        property: "screenHeight"
        value: window.height
    }

    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.reducedMotion
    }
}
