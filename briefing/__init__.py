"""Documents in, a brief out in which every statement carries its holder and its evidence."""

__version__ = "0.1.0"
