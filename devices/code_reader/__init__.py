"""The booth's reader of QR codes: through its camera, a serial scanner, or one that types."""
