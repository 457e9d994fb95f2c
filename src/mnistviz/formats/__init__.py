"""Film formats: how ffmpeg is made to write each, and how the file is verified."""
