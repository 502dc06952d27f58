"""Leaks between a training set and an evaluation set or a benchmark: exact, near, and paraphrased."""
