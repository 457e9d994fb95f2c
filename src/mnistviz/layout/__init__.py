"""Where everything stands in a frame, in whole pixels."""
