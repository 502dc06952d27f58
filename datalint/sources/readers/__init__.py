"""Readers: one file for each format of lines, documents, objects in memory and the hub."""
