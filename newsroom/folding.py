"""Templates whose constant parts are rendered once: constant folding, as compilers call it.

Of the nodes that a page is made of, a third says the same on every page of an edition: words of the
interface, addresses of static files and of fixed places, and the text between them. A loader puts
neighbours of these into one node, which remembers what they say in each language.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loaders import base, cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FoldedNode(Node):
    """Constant nodes, one after the other, as one."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = NodeList(nodes)
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self._has_addresses = any(isinstance(node, URLNode) for node in nodes)
        self._kept: dict[Hashable, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key: tuple[Any, ...] = (get_language(), context.autoescape)
        if self._has_addresses:
            key += get_script_prefix(), get_urlconf()
        if key not in self._kept:  # in several threads at once, perhaps: any of theirs will do
            self._kept[key] = self._nodes.render(context)
        return self._kept[key]


class _Folding(base.Loader):
    """Folds what has just been parsed, before anybody else sees it."""

    def get_template(self, *asked: Any) -> Template:
        template = super().get_template(*asked)
        fold(template.nodelist)
        return template


class Loader(cached.Loader, _Folding):
    """Keeps templates as Django's own loader does, folded."""


def fold(nodes: NodeList) -> None:
    """Folds neighbours that are constant, here and in all that stands below."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if is_constant(node):
            run.append(node)
            continue
        folded += *_as_one(run), node
        run = []
        for below in _nodes_below(node):
            fold(below)
    nodes[:] = [*folded, *_as_one(run)]


def is_constant(node: Node) -> bool:
    """Whether it says the same wherever it stands in an edition, and sets nothing."""
    looks = _CONSTANT.get(type(node))
    return looks is not None and looks(node)


def _as_one(run: list[Node]) -> Iterable[Node]:
    """Texts by themselves cost nothing, and before `{% extends %}` Django knows no other nodes."""
    return run if all(isinstance(node, TextNode) for node in run) else [FoldedNode(run)]


def _nodes_below(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):  # whose `nodelist` is a copy
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        below = getattr(node, name, None)
        if isinstance(below, NodeList):
            yield below


def _is_literal(expression: FilterExpression) -> bool:
    of = expression.var
    is_text = isinstance(of, str) or (isinstance(of, Variable) and of.lookups is None)
    return is_text and not expression.filters


def _is_fixed_text(node: Any) -> bool:
    return not node.asvar and node.message_context is None and _is_literal(node.filter_expression)


def _is_fixed_file(node: Any) -> bool:
    return node.varname is None and _is_literal(node.path)


def _is_fixed_place(node: Any) -> bool:
    return not (node.asvar or node.args or node.kwargs) and _is_literal(node.view_name)


# Subclasses are left alone: they may do anything.
_CONSTANT: dict[type[Node], Callable[[Any], bool]] = {
    TextNode: lambda _node: True,
    CommentNode: lambda _node: True,
    LoadNode: lambda _node: True,
    TranslateNode: _is_fixed_text,
    StaticNode: _is_fixed_file,
    URLNode: _is_fixed_place,
}
