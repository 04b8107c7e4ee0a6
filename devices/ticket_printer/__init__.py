"""The booth's printer for tickets: narrow, thermal, ESC/POS."""
