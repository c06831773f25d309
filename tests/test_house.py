"""The rules of the house that can be tested (ARCHITECTURE.md, DESIGN §6). Each failure says where and how to mend it."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from careo import model

HOME = Path(__file__).parent.parent
PACKAGE = HOME / "src" / "careo"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def tracked() -> list[Path]:
    """The files under version control; all files, where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=False)
    if listed.returncode:
        return sorted(path for path in HOME.rglob("*") if path.is_file() and not {".venv", "build"} & set(path.relative_to(HOME).parts))
    return [path for name in listed.stdout.split("\0") if name and (path := HOME / name).is_file()]


def public(tree: ast.AST) -> Iterator[Definition]:
    """The functions and classes of a module that others may use, and their public methods."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def too_long(source: str) -> list[str]:
    """The functions of `source` over the limit, as «line: name (length)»."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    lengths = ((node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions)
    return [f"{line}: {name} ({length} lines)" for line, name, length in lengths if length > LONGEST_FUNCTION]


def without_docstring(source: str) -> list[str]:
    """The public names of `source` that say nothing of themselves, as «line: name». Overloads are told of once, by what they overload."""
    missing = [node for node in public(ast.parse(source)) if not ast.get_docstring(node)]
    return [f"{node.lineno}: {node.name}" for node in missing if not any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)]


# ---------------------------------------------------------------- Spanish stands in lang/es

# Words that no English text has; «con», «para», «no» and «me» are left out for that reason.
SPANISH = frozenset(
    """
    que los las una unos unas por desde hasta pero cuando donde quien quienes según dijo dice fue fueron son sus hace ayer hoy mañana
    lunes martes viernes domingo enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    muertos muertas heridos heridas detenidos desaparecidos año años mes meses día días hora horas calle barrio hijo hija madre padre
    """.split()
)
LETTERS = re.compile(r"[^\W\d_]+")
ACCENTED = re.compile(r"[áéíóúñ]", re.IGNORECASE)
OF_SPANISH = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
EXAMPLES = re.compile(r"«[^»]*»|`[^`\n]+`|^.*\bcareo [a-z].*$", re.MULTILINE)


def looks_spanish(word: str) -> bool:
    """A word with a Spanish letter, or one of the commonest. A run of other letters («àâä») is a table, no word; «ñ» is a letter, «¿» a mark."""
    if word.lower() in SPANISH:
        return True
    return len(word) > 2 and bool(ACCENTED.search(word)) and bool(OF_SPANISH.fullmatch(word))


def words_of(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every name, string and comment. In docstrings and comments «…», `…` and command lines are examples, left out."""
    prose = {node.body[0].lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Module | Definition) and ast.get_docstring(node)}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.start[0] in prose):
            yield token.start[0], EXAMPLES.sub(" ", token.string)
        elif token.type not in {tokenize.OP, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.NUMBER}:
            yield token.start[0], ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), token.string)


def spanish_in(source: str) -> list[str]:
    """What of `source` looks Spanish, as «line: word»."""
    return [f"{line}: {word}" for line, text in words_of(source) for word in LETTERS.findall(text) if looks_spanish(word)]


@each_module
def test_no_spanish_in_code(path: Path) -> None:
    found = spanish_in(path.read_text(encoding="utf-8"))
    assert not found, f"Spanish belongs in src/careo/lang/es (an example in a docstring or comment: «…»); {path.name} has {found}"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("WORDS = ['según']", ["1: según"]),
        ("WORDS = 'dijo que'", ["1: dijo", "1: que"]),
        ("muertos = 3", ["1: muertos"]),
        ("MARKS = '¿¡«»'", []),
        ("# la mañana", ["1: mañana"]),
        ("MARK = '\\u00f1o\\u00f1o'", ["1: ñoño"]),
        ('"""An example is «dijo que»."""', []),
        ('"""Say.\n\n    careo search caso.careo "orden de captura, según"\n"""', []),
        ("PLAIN = 'áàâäã' + 'ñ'", []),
        ("def search(query, path): return 'no more'", []),
        ("MESSAGE = f'a word such as «{word}» was expected'", []),
        ("MESSAGE = 'write «según»'", ["1: según"]),
    ],
)
def test_the_search_for_spanish(source: str, found: list[str]) -> None:
    assert spanish_in(source) == found


def test_the_language_folders_hold_no_code() -> None:
    assert not list((PACKAGE / "lang").rglob("*.py"))


# ---------------------------------------------------------------- size and docstrings


@each_module
def test_functions_fit_a_screen(path: Path) -> None:
    assert not too_long(path.read_text(encoding="utf-8")), f"cut into functions that do one thing, at most {LONGEST_FUNCTION} lines each"


@each_module
def test_modules_are_small(path: Path) -> None:
    # model.py is a list of all records, read by looking one up, not from top to bottom.
    limit = 800 if path == PACKAGE / "model.py" else LONGEST_MODULE
    assert len(path.read_text(encoding="utf-8").splitlines()) < limit


@each_module
def test_modules_and_public_names_say_what_they_are_for(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), "the module has no sentence of purpose"
    assert not without_docstring(source)


def test_what_counts_as_too_long() -> None:
    assert too_long("def short():\n" + "    pass\n" * 39) == []
    assert too_long("def long():\n" + "    pass\n" * 40) == ["1: long (41 lines)"]


def test_what_needs_a_docstring() -> None:
    source = "class A:\n    def use(self): ...\n    def _own(self): ...\n    def __len__(self): ...\n\ndef _b(): ...\n"
    assert without_docstring(source) == ["1: A", "2: use"]


# ---------------------------------------------------------------- registries, glossary

# Put together from pieces, so that this file does not hold what it looks for.
PIECES = [r"pypi\." + "org", "python" + "hosted", r"npmjs\." + "(?:org|com)", r"crates\." + "io", "--(?:extra-)?index" + "-url", "--find" + "-links"]
HOSTS = re.compile("|".join(PIECES))


def test_no_file_names_a_registry_host() -> None:
    named = [
        f"{path.relative_to(HOME)}: {match.group()}"
        for path in tracked()
        for match in HOSTS.finditer(path.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert not named, f"leave the host out, whoever installs has their own: {named}"


@pytest.mark.parametrize("line", ["--index" + "-url https://x", "https://files.python" + "hosted.example", "https://registry.npmjs" + ".org/x"])
def test_the_search_for_hosts(line: str) -> None:
    assert HOSTS.search(line)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-model.lock"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    lines = [line for line in (HOME / name).read_text(encoding="utf-8").splitlines() if line and not line.lstrip().startswith("#")]
    packages = " ".join(line.removesuffix("\\") for line in lines).split("==")[1:]
    assert packages
    assert all("--hash=sha256:" in package for package in packages)


RECORDS = sorted(name for name, it in vars(model).items() if isinstance(it, type) and issubclass(it, msgspec.Struct) and it is not model.Record)


@pytest.mark.parametrize("name", RECORDS)
def test_the_glossary_holds_every_record(name: str) -> None:
    glossary = (HOME / "GLOSSARY.md").read_text(encoding="utf-8")
    assert f"`{name}`" in glossary, f"say in GLOSSARY.md what a {name} is"
