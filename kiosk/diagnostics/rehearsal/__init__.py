"""A whole test call with measured figures, and a short one before a place in a queue is spent."""
