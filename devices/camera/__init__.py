"""The booth's camera."""
