"""The booth's line to the agencies: messages, broker client, tickets, boards, signals."""
