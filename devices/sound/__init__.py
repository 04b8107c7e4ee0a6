"""The booth's microphone and loudspeaker, as one full-duplex device with echo cancellation."""
