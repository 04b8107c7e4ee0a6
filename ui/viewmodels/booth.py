"""All view models of the booth, and the one place where a snapshot is shared out among them."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtQml import qmlRegisterUncreatableType

from kiosk.visit.snapshot import Screen, VisitSnapshot
from ui.viewmodels.agency import AgencyModel
from ui.viewmodels.appointments import (
    AppointmentsModel,
    CallBackModel,
    CheckInModel,
    RingModel,
)
from ui.viewmodels.appointments_touches import AppointmentsTouches
from ui.viewmodels.booking import AppointmentModel, BookingModel, ExpectedModel
from ui.viewmodels.call import CallModel
from ui.viewmodels.dock import DockModel
from ui.viewmodels.ended import EndedModel
from ui.viewmodels.farewell import SummaryModel, SurveyModel
from ui.viewmodels.farewell_touches import FarewellTouches
from ui.viewmodels.guided import GuidedModel
from ui.viewmodels.paper_parts import LookModel, PrintModel, TakeAwayModel
from ui.viewmodels.papers import PapersModel
from ui.viewmodels.papers_touches import PapersTouches
from ui.viewmodels.report import ReportModel
from ui.viewmodels.rows import RowsModel
from ui.viewmodels.shell import ShellModel
from ui.viewmodels.technician import TechnicianModel
from ui.viewmodels.technician_touches import TechnicianTouches
from ui.viewmodels.tiles import TilesModel
from ui.viewmodels.touches import Touches
from ui.viewmodels.waiting import WaitingModel

MODULE = "VisioGuichet.Models"

#: The types that QML may name.
TYPES: tuple[type[QObject], ...] = (
    AgencyModel,
    AppointmentModel,
    AppointmentsModel,
    AppointmentsTouches,
    BookingModel,
    CallBackModel,
    CallModel,
    CheckInModel,
    DockModel,
    EndedModel,
    ExpectedModel,
    FarewellTouches,
    GuidedModel,
    LookModel,
    PapersModel,
    PapersTouches,
    PrintModel,
    ReportModel,
    RingModel,
    RowsModel,
    ShellModel,
    SummaryModel,
    SurveyModel,
    TakeAwayModel,
    TechnicianModel,
    TechnicianTouches,
    TilesModel,
    Touches,
    WaitingModel,
)


def register() -> None:
    """Make the types known to QML. Call it once, before the first QML file is loaded."""
    for kind in TYPES:
        # The stub of PySide6 6.12 asks for bytes; what runs takes text alone.
        name, refusal = kind.__name__, "made by the booth"
        qmlRegisterUncreatableType(kind, MODULE, 1, 0, name, refusal)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class BoothModels:
    """One of each; made on the Qt thread after the application."""

    shell: ShellModel = field(default_factory=ShellModel)
    tiles: TilesModel = field(default_factory=TilesModel)
    agency: AgencyModel = field(default_factory=AgencyModel)
    waiting: WaitingModel = field(default_factory=WaitingModel)
    call: CallModel = field(default_factory=CallModel)
    papers: PapersModel = field(default_factory=PapersModel)
    ended: EndedModel = field(default_factory=EndedModel)
    appointments: AppointmentsModel = field(default_factory=AppointmentsModel)
    summary: SummaryModel = field(default_factory=SummaryModel)
    survey: SurveyModel = field(default_factory=SurveyModel)
    technician: TechnicianModel = field(default_factory=TechnicianModel)
    dock: DockModel = field(default_factory=DockModel)

    def show(self, snapshot: VisitSnapshot) -> None:
        """Tell each model its part; the screen changes last, when what it reads is there.

        On the way Home the models keep the last visit's words until the screen has changed, so
        that nothing turns empty under the resident's eyes, and lose them right after.
        """
        if snapshot.screen is Screen.HOME:
            self.shell.show(snapshot)
            self._share(snapshot)
        else:
            self._share(snapshot)
            self.shell.show(snapshot)

    def _share(self, snapshot: VisitSnapshot) -> None:
        self.tiles.show(snapshot.tiles)
        self.agency.show(snapshot.agency)
        self.waiting.show(snapshot.waiting)
        self.call.show(snapshot.call)
        self.papers.show(snapshot.papers)
        self.ended.show(snapshot.ended, snapshot.papers)
        self.appointments.show(snapshot.appointments)
        self.summary.show(snapshot.summary)
        self.survey.show(snapshot.survey)
        self.technician.show(snapshot.technician)
        self.dock.show(snapshot.dock)

    def as_properties(self) -> dict[str, QObject]:
        """Return them under the names of the main window's required properties."""
        return {
            "shell": self.shell,
            "tiles": self.tiles,
            "agency": self.agency,
            "waiting": self.waiting,
            "call": self.call,
            "papers": self.papers,
            "ended": self.ended,
            "appointments": self.appointments,
            "summary": self.summary,
            "survey": self.survey,
            "technician": self.technician,
            "dock": self.dock,
        }
