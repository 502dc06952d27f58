"""Execution of one plan: map each chunk, merge, judge the whole."""
