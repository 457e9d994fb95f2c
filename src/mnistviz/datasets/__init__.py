"""Data sets, and own pictures: found, read, checked and brought to one form."""
