"""Every reporting verb and noun of the lexicon has an invented sentence that needs it (verbos.tsv, nombres.tsv beside this file)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from careo.model import DctReading, Quotation
from careo.read.page import Page
from careo.read.parse import SpacyParser
from careo.read.quotations import quotations
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View, fold

SENTENCES = [Path(__file__).with_name(name) for name in ("verbos.tsv", "nombres.tsv")]
CLASS = {"verbos": "say", "verbos-de-habla": "speak", "message": "message", "telling": "telling", "plain": "plain", "deem": "deem"}


class Said(NamedTuple):
    """A sentence: its verb, the class that lists it, its words, the cue and the content in it."""

    verb: str
    group: str
    text: str
    cue: str
    content: str


def read_sentences() -> list[Said]:
    """The sentences of the list."""
    made = []
    for line in (line for file in SENTENCES for line in file.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            verb, file, marked = line.split("\t")
            cue, content = re.findall(r"\{(.*?)\}", marked)[0], re.findall(r"\[(.*?)\]", marked)[0]
            made.append(Said(verb, CLASS[file], re.sub(r"[\[\]{}]", "", marked), cue, content))
    return made


def found(text: str, parser: SpacyParser, language: Language) -> tuple[Quotation, ...]:
    """The quotations of a sentence."""
    view = View(text)
    return quotations(Page(text, view, parser.parse(view, sentences(view, language)), language, DctReading(None, None, None)), (), (), ())


@pytest.mark.parametrize("said", read_sentences(), ids=lambda said: f"{said.verb}-{said.group}")
def test_the_verb_brings_its_words(said: Said, parser: SpacyParser, language: Language) -> None:
    made = {(one.content[0].of(said.text), one.cue.of(said.text)) for one in found(said.text, parser, language) if one.cue}
    assert (said.content, said.cue) in made


def test_every_verb_has_a_sentence(language: Language) -> None:
    have = {(said.verb, said.group) for said in read_sentences()}
    shared = {"cuestionar", "bromear"}
    lexicon = {(verb, group) for group in CLASS.values() for verb in language.words("quotations", group).meanings}
    missing = {(verb, group) for verb, group in lexicon - have if verb not in shared}
    assert missing == set(), "give each a line in tests/read/verbos.tsv or nombres.tsv"
    assert have <= lexicon, "these are in no list"


def test_the_cue_is_the_verb_of_the_list(parser: SpacyParser, language: Language) -> None:
    """The lemma that the parser gives the cue is the listed verb: without its line the frame would be silent."""
    others = []
    for said in read_sentences():
        view = View(said.text)
        parse = parser.parse(view, sentences(view, language))
        lemmas = {fold(token.lemma) for token in parse.tokens if token.text in said.cue.split()}
        if fold(said.verb) not in lemmas:
            others.append((said.verb, sorted(lemmas)))
    assert others == []
