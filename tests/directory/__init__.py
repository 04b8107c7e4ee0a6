"""Tests of the agencies, their hours, and what their tiles say."""
