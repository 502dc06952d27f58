"""A fuzzer for datalint: damaged inputs of every format, run in child processes with limits.

``python -m tests.fuzz --seconds 60`` runs it; see CONTRIBUTING.md. The parts:

- ``seeds`` and ``tables`` hold small valid inputs, ``mutate`` damages them, ``kinds`` and
  ``command_kinds`` make cases of them: kind, seed and number decide every byte of a case;
- ``probes`` and ``command_probes`` are what is done with a case and what must hold, and ``child`` is the process that
  runs them;
- ``process`` starts, limits and ends children, ``shrink`` makes a failing case smaller, ``fuzzer`` puts all together.
"""
