"""Guided tests, one for each device: « étape n sur m », figures, a hint, one ending."""
