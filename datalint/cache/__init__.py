"""What earlier runs left behind so that later ones need not do it again: entries of bytes, and when they still hold.

Nothing here imports more than the standard library, for a run that finds its report here ends before anything else is
imported.
"""
