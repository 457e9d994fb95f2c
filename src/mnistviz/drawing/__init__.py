"""Scenes, and their two renderers: matplotlib draws them whole, NumPy what changes."""
