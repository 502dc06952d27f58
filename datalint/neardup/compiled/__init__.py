"""Code that numba compiles where the extra `fast` is installed."""
