"""The commands as functions, one module for each, which the command line and the Python API call."""
