"""The shipped encoder: texts in, vectors out. Its weights lie in `models/reader/`."""
