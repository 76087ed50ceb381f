"""Rows of the research data sets AVeriTeC, FEVER, FEVEROUS, SciFact and LIAR, in and out."""

from claimtrack.exchange.datasets.converting import DATASETS, from_dataset, to_dataset
from claimtrack.exchange.datasets.files import read_dataset, to_dataset_line

__all__ = ["DATASETS", "from_dataset", "read_dataset", "to_dataset", "to_dataset_line"]
