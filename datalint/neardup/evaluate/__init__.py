"""Evaluate a search for near-duplicates: recall with planted copies, and the results of several thresholds."""
