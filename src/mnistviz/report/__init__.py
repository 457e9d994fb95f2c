"""A report of a model's evaluation."""
