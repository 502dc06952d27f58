"""The shapes of the rows of a dataset, for rules."""

from datalint.records.shape_counts import ShapeCount, shape_counts

__all__ = ["ShapeCount", "shape_counts"]
