"""Excel workbooks: the parts of their ZIP archive, read as streams and within limits, and the table in a sheet."""
