"""What is told of a film in words: captions, chapters and tags."""
