"""Utilities (threads, classes, numba, numbers), and vocabulary: names of keys, columns, speakers and languages."""
