"""Benchmark contamination: benchmark examples in the training set, under a published definition."""
