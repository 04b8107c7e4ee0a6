"""The booth's handset: its hook, and the private listening that lifting it means."""
