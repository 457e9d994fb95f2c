"""The classifier: trained, read, saved and evaluated."""
