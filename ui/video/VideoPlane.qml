import QtQuick
import QtMultimedia
import VisioGuichet.Video

VideoOutput {
    required property PictureView view

    anchors.fill: parent
    // The view goes first when both are destroyed.
    fillMode: view?.fillMode === PictureView.Crop ? VideoOutput.PreserveAspectCrop
                                                  : VideoOutput.PreserveAspectFit
}
