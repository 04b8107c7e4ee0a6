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
    required property PapersModel papers
    required property EndedModel ended
    required property AppointmentsModel appointments
    required property SummaryModel summary
    required property SurveyModel survey
    required property TechnicianModel technician
    required property DockModel dock
    required property Touches touches
    required property TechnicianTouches technicianTouches
    required property PapersTouches papersTouches
    required property AppointmentsTouches appointmentsTouches
    required property FarewellTouches farewellTouches
    required property PictureFeed agentFeed
    required property PictureFeed selfFeed
    required property PictureFeed paperFeed
    required property PictureFeed sharedFeed
    required property bool reducedMotion
    required property bool dimWhenClosed
    required property bool shiftPixels

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
        papers: window.papers
        ended: window.ended
        appointments: window.appointments
        summary: window.summary
        survey: window.survey
        technician: window.technician
        dock: window.dock
        touches: window.touches
        technicianTouches: window.technicianTouches
        papersTouches: window.papersTouches
        appointmentsTouches: window.appointmentsTouches
        farewellTouches: window.farewellTouches
        dimWhenClosed: window.dimWhenClosed
        shiftPixels: window.shiftPixels

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

        // Whole: a page or a window is read, and nothing of it may be cut.
        paperView: Component {
            PictureView {
                feed: window.paperFeed
                fillMode: PictureView.Fit
            }
        }

        sharedView: Component {
            PictureView {
                feed: window.sharedFeed
                fillMode: PictureView.Fit
            }
        }

        // Of a device under test, whole and the right way round: what is read must be readable.
        testView: Component {
            PictureView {
                feed: window.selfFeed
                fillMode: PictureView.Fit
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
