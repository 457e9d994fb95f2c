"""The explorer: one HTML file with a model and test images in it, to be tried."""
