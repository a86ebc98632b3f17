"""The tables of a shop as they are handed over: they screen alike and name nobody.

Equal values stay equal, and a value that was shown in part only stays so. Texts keep what the
screening reads in them: words of the lexicon, the carriers' and the banks' words, how long they
are and which are copies.
"""

from workbench.figures.masked.tables import masked_tables

__all__ = ["masked_tables"]
