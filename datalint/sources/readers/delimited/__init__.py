"""CSV and TSV files: their dialect, their header, and their records."""
