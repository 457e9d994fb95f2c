"""Films and stills of a model at work."""
