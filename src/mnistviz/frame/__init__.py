"""What one picture contains, and where."""
