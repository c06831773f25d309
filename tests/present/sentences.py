"""The English sentences that the code says to people, found in its source: reasons of readings and links, and what errors tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import careo

HOME = Path(careo.__file__).parent
ERRORS = {"CareoError", "UsageError", "CaseError", "ModelError", "UnreadableInput"}
FILLED = "X"
"""What stands for the places of an f-string."""


def sources(*names: str) -> Iterator[ast.Module]:
    """The modules of these files and folders."""
    for name in names:
        for path in sorted((HOME / name).rglob("*.py")) if (HOME / name).is_dir() else [HOME / name]:
            yield ast.parse(path.read_text(encoding="utf-8"))


def reasons() -> set[str]:
    """All strings of more than one word in what reads and collates that are no part of an error, an expression or a list of words."""
    found: set[str] = set()
    for tree in sources("read", "collate", "names.py"):
        other = {id(part) for node in ast.walk(tree) if _is_other(node) for part in ast.walk(node)}
        other |= {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
        found |= {text for node in ast.walk(tree) if id(node) not in other for text in _said(node)}
    return found


def errors() -> set[str]:
    """What is handed to errors, to functions that make them, and to names that are handed to them."""
    found: set[str] = set()
    for tree in sources("ingest", "read", "store", "present", "settings.py"):
        makers = ERRORS | {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.args.args and any(map(_makes_error, ast.walk(node)))
            and ast.unparse(node.returns or ast.Constant(None)) in ERRORS
        }  # fmt: skip
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in makers]
        parts = [one for call in calls for one in (*call.args, *(key.value for key in call.keywords if key.arg != "where"))]
        handed = {one.id for one in parts if isinstance(one, ast.Name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id in handed for one in node.targets):
                parts.append(node.value)
        found |= {text for part in parts for text in _texts(part)}
    return found


def _is_other(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call):
        return _name(node.func) in {*ERRORS, "compile", "split", "frozenset"}
    return isinstance(node, ast.Raise)


def _makes_error(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in ERRORS


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    """The strings of an expression, whatever chooses between them."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from _said(node, least=1)
    elif isinstance(node, ast.IfExp):
        yield from (text for one in (node.body, node.orelse) for text in _texts(one))
    elif isinstance(node, ast.BoolOp):
        yield from (text for one in node.values for text in _texts(one))
    elif isinstance(node, ast.Tuple):
        yield from (text for one in ast.iter_child_nodes(node) for text in _texts(one))


def _said(node: ast.AST, least: int = 2) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(one.value) if isinstance(one, ast.Constant) else FILLED for one in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    else:
        return
    if len(text.split()) >= least and any(sign.isalpha() for sign in text.replace(FILLED, "")):
        yield text
