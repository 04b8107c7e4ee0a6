"""The booth's screen: what the interface tells of it, as a device like the others."""
