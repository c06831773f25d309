"""YAML as text only, with lines."""

from __future__ import annotations

from careo.rules.files import Line, read_yaml


def test_nothing_is_converted() -> None:
    source = "a: no\nb: 12:30\nc: 2013-02-12\nd: 010\ne: on\nf:\n"
    assert read_yaml(source, "x.yaml") == {"a": "no", "b": "12:30", "c": "2013-02-12", "d": "010", "e": "on", "f": ""}


def test_each_text_knows_its_line() -> None:
    read = read_yaml("a: x\nb:\n  - y\n  - z\n", "x.yaml")
    assert [item.line for item in read[Line("b", 2)]] == [3, 4]
    assert [key.line for key in read] == [1, 2]
