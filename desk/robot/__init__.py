"""An agent that answers by itself: for the demonstration, the tests and the measurements."""
