"""How another process on the same machine asks the running booth: one Unix socket."""
