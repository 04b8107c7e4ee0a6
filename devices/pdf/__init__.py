"""PDFs from outside: checked, counted and drawn in a child process with little time and memory."""

from devices.pdf.facts import PdfFacts, PdfRefused, Pixels, Refusal

__all__ = ["PdfFacts", "PdfRefused", "Pixels", "Refusal"]
