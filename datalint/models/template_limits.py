"""What the source of a chat template may ask for: Jinja's compiler has no limits, and takes memory without end.

It copies the names of a template for each branch, writes all of them at each ``include``, and walks through nested
statements again and again. Published templates are far below all limits; the numbers are those of 786 of them.
"""

from __future__ import annotations

from typing import Final

from jinja2 import nodes

from datalint.models.limits import LimitError
from datalint.support.named_tuple import NamedTuple

#: Nodes of the syntax tree. The greatest has 2,945.
MOST_NODES: Final = 20_000
#: Nodes within each other. The deepest has 32.
MOST_DEPTH: Final = 100
#: Names, times the branches, loops and macros that each have a copy of them. The greatest has 16,800.
MOST_COPIES: Final = 200_000
_COPYING: Final = (
    nodes.AssignBlock,
    nodes.Block,
    nodes.CallBlock,
    nodes.CondExpr,
    nodes.FilterBlock,
    nodes.For,
    nodes.If,
    nodes.Macro,
    nodes.Scope,
    nodes.With,
)
#: Statements that load another template. There is none, neither here nor in transformers.
_LOADING: Final = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)


class Size(NamedTuple):
    """How large a part of a template is: nodes, with that of the part itself, and characters of text."""

    nodes: int = 1
    text: int = 0


def measured_sizes(tree: nodes.Node) -> dict[int, Size]:
    """Return the size of each statement and expression of a template by its identity.

    Raises:
        LimitError: when the template is larger than one may be, or loads another.
    """
    order: list[nodes.Node] = []
    names: set[str] = set()
    copying = 0
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        order.append(node)
        if len(order) > MOST_NODES:
            raise LimitError(f"has more than {MOST_NODES:,} operations")
        if depth > MOST_DEPTH:
            raise LimitError(f"nests more than {MOST_DEPTH} operations in line {node.lineno}")
        if isinstance(node, _LOADING):
            raise LimitError(f"loads another template in line {node.lineno}, and there is none")
        if isinstance(node, nodes.Name):
            names.add(node.name)
        copying += isinstance(node, _COPYING)
        stack.extend((child, depth + 1) for child in node.iter_child_nodes())
    if copying * len(names) > MOST_COPIES:
        raise LimitError(f"has {len(names):,} names and {copying:,} branches, loops and macros, which is too many")
    sizes: dict[int, Size] = {}
    for node in reversed(order):
        inner = [sizes[id(child)] for child in node.iter_child_nodes()]
        own = len(node.data) if isinstance(node, nodes.TemplateData) else 0
        sizes[id(node)] = Size(1 + sum(each.nodes for each in inner), own + sum(each.text for each in inner))
    return sizes
