"""Every head of the reader measured on texts that people have read, with peers beside it.

In: the folder with the data. Out: a `Part` for each head, with 95 % intervals; `__main__` prints
them and writes them beside the weights. Nothing in the package imports this one.
"""
