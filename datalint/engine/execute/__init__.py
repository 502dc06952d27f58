"""How chunks are mapped: in this process or in several, from the cache, and how rows are read again."""
