"""Arrow, Parquet and `datasets` tables, validated and bounded before they are read."""
