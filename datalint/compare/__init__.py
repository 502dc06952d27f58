"""What changed between two datasets, or between a dataset and a revision of it in git."""

from datalint.compare.comparing import compare
from datalint.compare.model import Comparison

__all__ = ["Comparison", "compare"]
