// Where the resident's pages are: taken, on their way, with the agent, or kept until one answers.
import QtQuick
import VisioGuichet.Controls
import VisioGuichet.Models

Words {
    id: line

    required property PapersModel papers

    visible: line.papers.taken > 0
    text: {
        if (line.papers.held > 0)
            return qsTr("%n pages taken. They go when an agent answers.", "", line.papers.taken);
        if (line.papers.sendingPercent < 100)
            return qsTr("%n pages taken. Being sent: %1 %", "", line.papers.taken).arg(line.papers.sendingPercent);
        if (line.papers.arrived > 0)
            return qsTr("%n pages are with the agent.", "", line.papers.arrived);
        return qsTr("%n pages taken.", "", line.papers.taken);
    }
}
