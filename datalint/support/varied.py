"""Generate distinct rows from a template, for examples and tests of dataset rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_WORDS: Final = """
amber anchor autumn basin beacon birch bridge bronze canyon carbon cedar cellar chalk cinder circuit cliff clover cobalt
comet copper coral cotton crater current delta desert dynamo ember engine fabric falcon feather fern filter fjord flint
forest fossil frost galaxy garnet geyser glacier granite gravel harbor hazel helium hollow horizon iris island ivory
jasper jungle kelp kernel lagoon lantern lattice laurel lever lichen lilac limestone linen magnet maple marble marsh
meadow mercury meteor mineral mirror monsoon mortar mosaic nebula nickel oasis obsidian ocean olive onyx orbit orchid
osprey oxide paddle pebble pepper pine piston plaster plateau plum pollen prairie prism pulley quarry quartz quill radar
raven reef resin ridge river rudder saddle saffron sapphire satin shale silver slate solstice spindle spruce stone storm
summit tallow tempest thistle thunder tidal timber topaz torch tundra turbine valley velvet violet walnut willow winter
zenith zephyr
""".split()
#: Words in a sentence of :func:`sentence`.
LENGTH: Final = 12


def sentence(number: int, length: int = LENGTH) -> str:
    """Return a sentence of ``length`` words that is not a near-duplicate of the sentence of any other number."""
    state = (number * 2_654_435_761 + 97) % (1 << 32)
    words = []
    for _ in range(length):
        state = (state * 1_664_525 + 1_013_904_223) % (1 << 32)
        words.append(_WORDS[(state >> 12) % len(_WORDS)])
    return " ".join(words)


def vary(template: str, count: int) -> Iterator[str]:
    """Yield ``count`` copies of ``template``, replacing ``{n}`` by 1, 2, 3 … and ``{w}`` by that number's sentence."""
    for number in range(1, count + 1):
        yield template.replace("{n}", str(number)).replace("{w}", sentence(number))
