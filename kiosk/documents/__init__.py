"""Papers in a visit: scanned, sent, received, shown, printed, taken away; in memory only."""
