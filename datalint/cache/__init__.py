"""On-disk cache: opaque entries and the conditions under which they are valid.

Nothing here imports more than the standard library, for a run that finds its report here ends before anything else is
imported. Nor is :mod:`pathlib` imported until something is written, as its import takes a tenth of such a run.
"""
