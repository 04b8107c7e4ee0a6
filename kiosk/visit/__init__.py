"""The visit as one declarative state machine; everything else listens to it."""
