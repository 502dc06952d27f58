"""General utilities that know nothing of fine-tuning data: threads, classes, numba, numbers."""
