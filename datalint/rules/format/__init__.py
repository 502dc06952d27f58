"""Format: standardized instruction-response pairs."""
