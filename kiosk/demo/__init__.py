"""The whole product on one machine under one supervising command."""
