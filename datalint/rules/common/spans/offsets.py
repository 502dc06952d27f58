"""Places in a text that its row states, for rules."""

from datalint.records.stated_places import MOVES, are_other_places, is_answer, moves_places, places_of, why_kept

__all__ = ["MOVES", "are_other_places", "is_answer", "moves_places", "places_of", "why_kept"]
