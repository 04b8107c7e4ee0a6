"""What tells whether the booth works: tests, rehearsal, reports, and what was left by a crash."""
