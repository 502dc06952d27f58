"""Compare two datasets, or a dataset with its version at a git revision."""

from datalint.compare.comparing import compare
from datalint.compare.model import Comparison

__all__ = ["Comparison", "compare"]
