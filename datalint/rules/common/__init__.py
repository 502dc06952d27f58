"""Helpers that several built-in rules share; what rules of a plug-in may use is in :mod:`datalint.api`."""
