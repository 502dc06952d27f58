"""Jinja's immutable sandbox as ``transformers`` sets it up for chat templates, with limits.

The functions, filters and tags are those of ``transformers.utils.chat_template_utils`` (5.24), so that a template has
the same result. What is different cannot change the result of a template that stays within the limits
(:mod:`datalint.models.limits`): steps, lengths and widths are counted, and ``strftime_now`` and ``random`` return the
same in every run.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, NoReturn

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, pass_eval_context

from datalint.models.filters import filters, tests
from datalint.models.limits import (
    MOST_ITEMS,
    Budget,
    LimitError,
    check_format,
    check_joined,
    check_length,
    check_power,
    check_product,
    check_replacement,
    check_split,
    check_widths,
    size_of,
)
from datalint.models.template_limits import measured_sizes

#: The time that ``strftime_now`` says, so that the same rows give the same tokens on every day.
NOW: Final = datetime.datetime(2026, 1, 1, 12)  # noqa: DTZ001 - transformers' is local too
#: Characters of template text, or nodes of a body, that count as one more step.
_TEXT_STEP: Final = 256
_NODE_STEP: Final = 64

#: Fields of statements that hold statements.
_BODIES: Final = ("body", "else_")
#: Template statements in a row after which a step is counted.
_STATEMENTS: Final = 8
#: What a dictionary has under its name, apart from keys.
_METHODS: Final = frozenset(dir(dict))
#: Methods that make bytes, or texts whose length cannot be bounded simply.
_REFUSED: Final = frozenset(("encode", "from_bytes", "maketrans", "to_bytes", "translate"))


class RefusalError(TemplateError):
    """The template refuses a conversation: it called ``raise_exception``."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment that chat templates run in.

    ``spans`` collects the places of ``{% generation %}`` blocks while a template is rendered: the number of the block
    of output before which one begins, and its text.
    """

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        self.budget = Budget()
        self.written: list[str] = []
        self.spans: list[tuple[int, int]] = []
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_Generation, loopcontrols],
            optimized=False,
            finalize=self._finalize,
        )
        self.filters.update(filters(self.budget))
        self.filters.update({_MADE: self.budget.made, _COMPARED: self._compared})
        self.tests.update(tests(self.budget))
        self.globals.update(
            raise_exception=_raise_exception,
            strftime_now=NOW.strftime,
            dict=_TemplateDict(),
            namespace=_TemplateNamespace,
            lipsum=_no_lipsum,
        )

    @property
    def step(self) -> None:
        """Count a step; compiled templates read it."""
        return self.budget.step

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        sizes = measured_sizes(tree)
        for node in tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock)):
            assert isinstance(node, nodes.For | nodes.Macro | nodes.CallBlock)
            inner = [sizes[id(each)] for each in node.body]
            steps = 1 + sum(each.nodes for each in inner) // _NODE_STEP + sum(each.text for each in inner) // _TEXT_STEP
            node.body[:0] = [nodes.ExprStmt(nodes.EnvironmentAttribute("step")).set_lineno(node.lineno)] * steps
        return _counted(tree, self)  # type: ignore[no-any-return]

    def _compared(self, value: Any) -> Any:
        self.budget.operate()
        return value

    # What needs a context is not evaluated while a template is compiled, where nothing is counted.
    @pass_eval_context
    def _finalize(self, context: nodes.EvalContext, value: Any) -> Any:
        if not isinstance(value, str):
            size_of(value)
            value = str(value)
        self.budget.spend(len(value))
        return value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute."""
        refused = attr in _REFUSED and isinstance(obj, str | int | float)
        return not refused and super().is_safe_attribute(obj, attr, value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or key; a key of a row's object is never a method, so it needs no check."""
        if type(obj) is dict and attribute not in _METHODS:
            try:
                return obj[attribute]
            except LookupError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator after checking that its result is not too long."""
        if operator == "*":
            check_product(left, right)
        elif operator == "**":
            check_power(left, right)
        elif operator == "%" and isinstance(left, str):
            check_widths(left.replace("%", "{"), [right])
            check_format(left, "%", right if isinstance(right, tuple) else [right])
        result = self.binop_table[operator](left, right)
        return self.budget.made(result) if isinstance(result, str | list | tuple) else result

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a function or method, and count what it is given and what it makes."""
        if type(__obj) is types.BuiltinMethodType and isinstance(__obj.__self__, str):
            args = __self._checked(__obj, args, kwargs)
        return __self.budget.made(super().call(__context, __obj, *args, **kwargs))

    def _checked(
        self, method: types.BuiltinMethodType, args: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[Any, ...]:
        """Check what a method of a text would make; returns its arguments, an iterator as a list."""
        name, text = method.__name__, str(method.__self__)
        if name in ("center", "ljust", "rjust", "zfill"):
            check_widths("", args)
        elif name == "expandtabs":
            check_widths("", [*args, *named.values()])
            check_length(len(text) + text.count("\t") * max([8, *args, *named.values()]))
        elif name == "replace" and len(args) > 1 and all(isinstance(each, str) for each in args[:2]):
            check_replacement(text, *args[:2])
        elif name in ("split", "rsplit"):
            check_split(text, args[0] if args else named.get("sep"))
        elif name == "splitlines":
            check_split(text, None)
        elif name == "join" and args and not isinstance(args[0], str):
            values = list(islice(args[0], MOST_ITEMS + 1))
            check_joined(text, values)
            return (values, *args[1:])
        elif name == "join" and args:
            check_length(len(args[0]) * (len(text) + 1))
        return args

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        inner, pattern = wrapped, str(value.__self__)

        def formatted(*args: Any, **kwargs: Any) -> str:
            check_widths(pattern, [*args, kwargs])
            check_format(pattern, "{", [*args, *kwargs.values()])
            return inner(*args, **kwargs)

        return formatted


#: Filters that count what expressions make, and comparisons; no template can name them.
_MADE: Final = "made value"
_COMPARED: Final = "compared values"


def _counted(node: Any, environment: Sandbox) -> Any:
    """Put filters that count around what makes or compares long values, and steps into long bodies."""
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, name, _counted(value, environment))
        elif isinstance(value, list):
            inner = [_counted(each, environment) if isinstance(each, nodes.Node) else each for each in value]
            setattr(node, name, list(_stepped(inner)) if name in _BODIES else inner)
    counts = _count_of(node)
    if not counts:
        return node
    return nodes.Filter(node, counts, [], [], None, None).set_lineno(node.lineno).set_environment(environment)


def _count_of(node: nodes.Node) -> str:
    """Return the filter that counts what an expression does, empty where it cannot make or compare anything long."""
    if isinstance(node, nodes.Concat | nodes.Dict | nodes.List):
        return _MADE
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return _MADE
    if isinstance(node, nodes.Tuple):
        return _MADE if node.ctx == "load" and node.items else ""
    if not isinstance(node, nodes.Compare):
        return ""
    constant = any(isinstance(each, nodes.Const) for each in (node.expr, *(operand.expr for operand in node.ops)))
    return _COMPARED if not constant or any(operand.op in ("in", "notin") for operand in node.ops) else ""


def _stepped(body: list[Any]) -> Iterator[Any]:
    """Yield statements, with a step after some of them."""
    for number, node in enumerate(body, start=1):
        yield node
        if number % _STATEMENTS == 0 and isinstance(node, nodes.Stmt):
            yield nodes.ExprStmt(nodes.EnvironmentAttribute("step")).set_lineno(node.lineno)


class _Generation(Extension):
    """The tag ``{% generation %}``, which marks what the assistant writes."""

    tags = {"generation"}  # noqa: RUF012 - jinja declares it as a variable of objects

    def parse(self, parser: Parser) -> nodes.Node:
        lineno = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_mark"), [], [], body).set_lineno(lineno)

    def _mark(self, caller: Macro) -> str:
        text: str = caller()
        sandbox = self.environment
        assert isinstance(sandbox, Sandbox)
        start = sum(map(len, sandbox.written))
        sandbox.spans.append((start, start + len(text)))
        return text


class _TemplateDict:
    """``dict`` without the attributes of a class."""

    def __call__(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return dict(*args, **kwargs)

    def fromkeys(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return dict.fromkeys(*args, **kwargs)


class _TemplateNamespace(Namespace):
    """``namespace`` without attributes that begin with an underscore."""

    def __init__(*args: Any, **kwargs: Any) -> None:
        self, rest = args[0], args[1:]
        attributes = dict(*rest, **kwargs)
        for name in attributes:
            _check_name(name)
        Namespace.__init__(self, attributes)

    def __repr__(self) -> str:
        # With its attributes, a namespace of namespaces could be of any length.
        return "<Namespace>"

    def __setitem__(self, name: str, value: Any) -> None:
        _check_name(name)
        Namespace.__setitem__(self, name, value)


def _check_name(name: object) -> None:
    if isinstance(name, str) and name.startswith("_"):
        raise SecurityError(f"a namespace has no attributes that begin with an underscore, such as {name!r}")


def _raise_exception(message: Any) -> NoReturn:
    raise RefusalError(message)


def _no_lipsum(*_: Any, **__: Any) -> NoReturn:
    raise LimitError("makes random text")
