"""Search for near-duplicates: exact search, candidates from sketches, clusters."""
