"""Functions that numba compiles if the extra ``fast`` is installed."""
