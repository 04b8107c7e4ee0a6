"""What is counted of visits and never of a person, and how the operator reads it."""
