"""Numbers in a text, exact: numerals, units, ranges, bounds, what is counted, and what is no figure."""

from claimtrack.extract.figures.finding import find_figures

__all__ = ["find_figures"]
