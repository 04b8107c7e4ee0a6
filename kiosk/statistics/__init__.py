"""What is counted of visits, and never of a person."""
