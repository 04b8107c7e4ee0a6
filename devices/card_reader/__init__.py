"""The booth's card readers: PC/SC and serial."""
