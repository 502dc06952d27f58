"""Verify candidate pairs: exact similarities of rows."""
