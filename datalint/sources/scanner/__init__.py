"""A compiled parser for JSON lines that all have the same layout."""
