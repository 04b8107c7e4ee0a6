"""The booth's document camera: a page on the desk becomes a page of a PDF."""
