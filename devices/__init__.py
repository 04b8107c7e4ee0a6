"""The booth's hardware: one package per device class; no Qt, nothing of `kiosk`."""
