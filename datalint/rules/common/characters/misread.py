"""Characters of UTF-8 that was decoded as Windows-1252 or Latin-1."""

from __future__ import annotations

from typing import Final

#: What bytes 80 to BF become: all but the first of the two to four bytes of a character.
REST: Final = "[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]"
#: Behind the first one or two of at least three, and of four bytes; a lookbehind has one length.
WITHIN_THREE: Final = rf"(?<=[à-ô]{REST})"
WITHIN_FOUR: Final = rf"(?<=[ð-ô]{REST}{REST})"
