"""The visit and its services: pure Python and asyncio; no Qt, no driver."""
