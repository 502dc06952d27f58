"""``NamedTuple`` that creates its classes in less than half the time that ``typing`` takes.

``typing.NamedTuple`` compiles every annotation to check it, although annotations are strings here and nothing evaluates
them. A check creates more than a hundred of these classes. All other features of named tuples work.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    #: What ``namedtuple`` sets itself.
    _OWN: Final = frozenset(("__module__", "__annotations__"))

    class _Creation(type):
        """Turns the body of a class into a named tuple."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = fields
            for key, value in body.items():
                if key not in _OWN and key not in fields:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Creation, "NamedTuple", (), {})

__all__ = ["NamedTuple"]
