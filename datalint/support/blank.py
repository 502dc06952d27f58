"""The characters that show nothing: white space, and the invisible ones that are as empty as it."""

from __future__ import annotations

from typing import Final

#: A text of these alone says nothing. They may stand in a character class.
BLANK: Final = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
