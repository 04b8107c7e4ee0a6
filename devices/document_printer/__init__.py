"""The booth's A4 printer."""
