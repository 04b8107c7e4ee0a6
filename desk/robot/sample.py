"""The document that the robot gives: one page that says what it is."""

from __future__ import annotations

from fpdf import FPDF

NAME = "document-du-robot.pdf"
_LINES = (
    "Ceci est un document d'essai, remis par le robot.",
    "Il ne vaut rien et ne concerne personne.",
    "Vous pouvez l'imprimer, l'emporter ou le refuser.",
)


def document() -> bytes:
    """Return a PDF of one page, A4."""
    pdf = FPDF(format="A4")
    pdf.set_title("Document d'essai")
    pdf.add_page()
    pdf.set_font("Helvetica", size=24)
    pdf.cell(0, 20, "Document d'essai", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=16)
    for line in _LINES:
        pdf.multi_cell(0, 12, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())
