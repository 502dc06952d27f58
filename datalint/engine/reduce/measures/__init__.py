"""The measures that gates judge, each in the module of its factor or in one of its own; see :func:`measure`.

A new measure is a module of this package and a ``[gates.<name>]`` table in a profile.
"""

from datalint.engine.reduce.measures.registry import Facts, Measure, Measures, all_measures, measure

__all__ = ["Facts", "Measure", "Measures", "all_measures", "measure"]
