"""What a checkout may make datalint run, read and write: nothing, but for the files that are named.

The modules of this package import the standard library, and datalint's own modules that do. The GitHub Action's
scripts use them before anything is installed.
"""
