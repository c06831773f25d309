"""Patterns that mark a part: matches of one rule may share the words around what they mark."""

from __future__ import annotations

from pathlib import Path

from tests.rules.folder import language

LIST = r"""
about: enumeraciones
words:
  day: {re: '\d{1,2}'}
  month: {enero: 01}
rules:
  - id: of-list
    pattern: '[[<day>]](, <day:b>)?(, <day:c>)? y <day:d> de <month>'
    value: <month>-<day>
    examples: ['4, [5] y 6 de enero -> 01-5']
"""


def test_each_item_of_a_list_is_found_with_what_follows_the_list(tmp_path: Path) -> None:
    found = language(tmp_path, times__lists=LIST).patterns("times").find("Fue el 3, 4, 5 y 6 de enero.")
    assert [one.fields["value"] for one in found] == ["01-3", "01-4", "01-5"]
