"""Date expressions in a text, and the days that they mean."""

from claimtrack.extract.dates.finding import find_dates

__all__ = ["find_dates"]
