"""Rows read as columns, many at a time: those whose turns are a role and a text each, as nearly all data has them."""
