"""Rule files are tests: each example in `src/careo/lang` is a pytest item that says its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from careo.read.languages import Readers, language
from careo.rules.examples import Look, check
from careo.rules.notation import Example, Rule

LANG = Path(__file__).parent / "src" / "careo" / "lang"


@cache
def look(code: str) -> Look:
    """What the layers of a language see, with the real parser."""
    from careo.read.examples import looker
    from careo.read.sentences import sentences

    reader = Readers()(code)
    assert reader is not None
    parse, rules_of = reader.parser.parse, reader.language
    return looker(rules_of, lambda document: reader.read(document).layers, lambda view: parse(view, sentences(view, rules_of)))


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.Collector | None:
    """YAML files in a layer's folder of a language are collections of examples."""
    if file_path.suffix == ".yaml" and LANG in file_path.parents and file_path.parent.parent.parent == LANG:
        return RuleFile.from_parent(parent, path=file_path)
    return None


class RuleFile(pytest.File):
    """One rule file."""

    def collect(self) -> Iterator[ExampleItem]:
        """An item an example."""
        code, layer = self.path.parent.parent.name, self.path.parent.name
        name = f"{layer}/{self.path.stem}#"
        for rule in language(code).layers[layer].rules:
            if rule.name.startswith(name):
                for number, example in enumerate(rule.examples, 1):
                    yield ExampleItem.from_parent(
                        self, name=f"{rule.id}:{example.line}:{example.kind}{number}", code=code, rule=rule, example=example
                    )


class ExampleItem(pytest.Item):
    """One example of one rule, read with all rules of its language on."""

    def __init__(self, *, code: str, rule: Rule, example: Example, **others: object) -> None:
        super().__init__(**others)  # type: ignore[arg-type]
        self.code, self.rule, self.example = code, rule, example

    def runtest(self) -> None:
        """Fails with file, line, sentence, what was wanted and what was found."""
        verdict = check(self.rule, self.example, look(self.code))
        if verdict.problem:
            pytest.fail(f"{verdict.where}: {self.example.text}\n  {verdict.problem}", pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The message alone: the place in the rule file matters, not the Python that ran it."""
        return str(excinfo.value) if excinfo.errisinstance(pytest.fail.Exception) else str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The example's own place."""
        return self.path, self.example.line - 1, self.name
