"""The shapes of the rows of a dataset, for rules."""

from datalint.records.shape_counts import ShapeCount, shape_counts, unlabelled_rows
from datalint.records.shape_keys import shape_key

__all__ = ["ShapeCount", "shape_counts", "shape_key", "unlabelled_rows"]
