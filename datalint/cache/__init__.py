"""On-disk cache: opaque entries and the conditions under which they are valid.

Nothing here imports more than the standard library, for a run that finds its report here ends before anything else is
imported.
"""
