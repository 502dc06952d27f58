"""Keys whose value is the name of another key, for rules."""

from __future__ import annotations

from datalint.support.picked_keys import picking_key as picking_key
