"""PDFs from outside: checked, counted and drawn in a child process with little time and memory."""
