"""``python -m datalint.rules --write-index`` writes the index of the built-in rules, ``--check`` compares it."""

import sys

from datalint.rules.catalogue import main

sys.exit(main(sys.argv[1:]))
