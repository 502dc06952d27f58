"""Exact JSON parsing: the records of lines, everything that parsers hide, and the reasons why text is not JSON."""
