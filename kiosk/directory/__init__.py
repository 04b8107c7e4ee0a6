"""The agencies a resident can reach, their hours, and what their tiles say."""
