"""Which rows may be near-duplicates: exact search, candidates from sketches, clusters."""
