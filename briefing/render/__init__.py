"""Turns a `Brief` into files: one module a format, and what checks the rendered text."""
