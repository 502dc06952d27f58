"""Readers: one package for each format of files, and modules for rows in memory and for what they share."""
