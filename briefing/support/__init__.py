"""Judges pairs of texts: whether one follows from the other, denies it, says it, or answers it.

In: pairs of texts. Out: probabilities. One encoder reads both texts of a pair together; see
`judge` for its use, `pairs` for how a pair is laid out and `train` for how it was made.
"""
