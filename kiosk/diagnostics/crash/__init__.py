"""What a crash leaves behind for the technician who comes after it."""
