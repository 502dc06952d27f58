"""CSV and TSV files, and what their cells hold."""
