"""The partner agency's side: the gateway and the agent's browser page."""
