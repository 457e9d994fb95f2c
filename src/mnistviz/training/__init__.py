"""The film of a training, in which the weights grow."""
