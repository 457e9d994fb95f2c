"""The kinds of film, a file each: what ffmpeg is told to make, and what it should have made."""
