"""A call: peer connection, media in and out, quality, recovery."""
