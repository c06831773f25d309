"""Frames on parses made by hand: the machine needs no syntax model."""

from __future__ import annotations

from pathlib import Path

import pytest

from careo import rules
from careo.model import Parse, Span, Token
from careo.rules.tree import Tree
from tests.rules.folder import language

GRAMMAR = r"""
about: g
words:
  that: [que]
  relative: [que]
extents:
  phrase: {leave-first: [case], cut: [acl], cut-appositions: 'yes', stop: ['(?<=\s)[(]']}
  clause: {leave-first: [punct]}
  around: {take: around}
shapes:
  doer:
    agent: ['nsubj [!in=<relative>] : phrase', '. [rel=nsubj] < acl : phrase', '< conj > nsubj : phrase', none]
"""
LAYER = """
about: l
words:
  say: {decir: say, negar: deny}
rules:
  - id: say
    frame: VERB
    lemma: <say>
    cue-takes: [aux, clitic, neg]
    unless: ['obj [lemma=nada]']
    roles:
      content: ['ccomp [mark=<that>, after] : clause', '< parataxis : around']
      source: ['nsubj : phrase', none]
    gives: {stance: <say>}
    examples: ['[source X] [cue dijo] [content que no].']
  - id: hit
    frame: VERB
    lemma: golpear
    like: doer
    examples: ['[agent X] [trigger golpeó].']
  - id: fire
    frame: VERB
    phrase: abrir fuego
    like: doer
    examples: ['[agent X] [trigger abrió fuego].']
  - id: open
    frame: VERB
    lemma: abrir
    blocks: 'yes'
    like: doer
    gap: ['[agent X] [trigger abrió].']
"""


@pytest.fixture
def spanish(tmp_path: Path) -> rules.Language:
    return language(tmp_path, grammar=GRAMMAR, t__l=LAYER)


def parse(*words: str) -> tuple[str, Parse]:
    """Words written `form/lemma/POS/function/head[/morph]`, heads counted from 0."""
    tokens, text = [], ""
    for i, word in enumerate(words):
        form, lemma, pos, dep, head, *morph = word.split("/")
        text += " " if text else ""
        tokens.append(Token(i, Span(len(text), len(text) + len(form)), form, lemma, pos, dep, int(head), morph[0] if morph else ""))
        text += form
    return text, Parse(tuple(tokens), (Span(0, len(tokens)),))


def found(spanish: rules.Language, text: str, parsed: Parse) -> list[tuple[str, str, dict[str, list[str]]]]:
    return [
        (f.rule.id, f.trigger.of(text), {role: [s.of(text) for s in spans] for role, spans in f.parts.items()})
        for f in spanish.frames("t").find(parsed)
    ]


def test_content_source_and_meaning(spanish: rules.Language) -> None:
    text, parsed = parse(
        "El/el/DET/det/1", "juez/juez/NOUN/nsubj/4", "no/no/ADV/advmod/4/Polarity=Neg", "ha/haber/AUX/aux/4", "dicho/decir/VERB/ROOT/4",
        "que/que/SCONJ/mark/6", "vino/venir/VERB/ccomp/4", "././PUNCT/punct/4",
    )  # fmt: skip
    assert found(spanish, text, parsed) == [("say", "no ha dicho", {"content": ["que vino"], "source": ["El juez"]})]
    assert spanish.frames("t").find(parsed)[0].fields == {"stance": "say"}


def test_a_needed_role_that_is_not_there_silences(spanish: rules.Language) -> None:
    text, parsed = parse("Juan/Juan/PROPN/nsubj/1", "dijo/decir/VERB/ROOT/1")
    assert found(spanish, text, parsed) == []


def test_unless_silences(spanish: rules.Language) -> None:
    text, parsed = parse("dijo/decir/VERB/ROOT/0", "nada/nada/PRON/obj/0", "que/que/SCONJ/mark/3", "vino/venir/VERB/ccomp/0")
    assert found(spanish, text, parsed) == []


def test_around_leaves_the_cue_out(spanish: rules.Language) -> None:
    text, parsed = parse(
        "Todos/todo/PRON/nsubj/6", ",/,/PUNCT/punct/2", "dijo/decir/VERB/parataxis/6", "Ana/Ana/PROPN/nsubj/2",
        ",/,/PUNCT/punct/2", "se/él/PRON/expl:pass/6", "fueron/ir/VERB/ROOT/6",
    )  # fmt: skip
    assert found(spanish, text, parsed) == [("say", "dijo", {"content": ["Todos", "se fueron"], "source": ["Ana"]})]


def test_relative_antecedent_coordination_and_cuts(spanish: rules.Language) -> None:
    text, parsed = parse(
        "El/el/DET/det/1", "grupo/grupo/NOUN/nsubj/4", "(/(/PUNCT/punct/3", "GX/GX/PROPN/appos/1",
        "huyó/huir/VERB/ROOT/4", "y/y/CCONJ/cc/6", "golpeó/golpear/VERB/conj/4",
    )  # fmt: skip
    assert found(spanish, text, parsed) == [("hit", "golpeó", {"agent": ["El grupo"]})]
    text, parsed = parse("hombre/hombre/NOUN/ROOT/0", "que/que/PRON/nsubj/2/PronType=Int,Rel", "golpeó/golpear/VERB/acl/0")
    assert found(spanish, text, parsed) == [("hit", "golpeó", {"agent": ["hombre"]})]


def test_a_phrase_goes_before_its_word_and_a_blocking_rule_says_nothing(spanish: rules.Language) -> None:
    text, parsed = parse("abrió/abrir/VERB/ROOT/0", "de/de/ADP/case/2", "nuevo/nuevo/ADJ/obl/0", "fuego/fuego/NOUN/obj/0")
    assert found(spanish, text, parsed) == [("fire", "abrió de nuevo fuego", {})]
    text, parsed = parse("abrió/abrir/VERB/ROOT/0", "la/el/DET/det/2", "puerta/puerta/NOUN/obj/0")
    assert found(spanish, text, parsed) == []


def test_a_name_after_a_title_is_kept_and_a_description_after_a_name_is_cut(spanish: rules.Language) -> None:
    text, parsed = parse("golpeó/golpear/VERB/ROOT/0", "alcalde/alcalde/NOUN/nsubj/0", ",/,/PUNCT/punct/3", "Ruiz/Ruiz/PROPN/appos/1")
    assert found(spanish, text, parsed)[0][2] == {"agent": ["alcalde , Ruiz"]}
    text, parsed = parse("golpeó/golpear/VERB/ROOT/0", "Ruiz/Ruiz/PROPN/nsubj/0", ",/,/PUNCT/punct/3", "alcalde/alcalde/NOUN/appos/1")
    assert found(spanish, text, parsed)[0][2] == {"agent": ["Ruiz"]}


def test_a_tree_knows_what_is_below() -> None:
    _, parsed = parse("a/a/NOUN/ROOT/0", "b/b/NOUN/nmod/0", "c/c/NOUN/nmod/1")
    assert sorted(Tree(parsed).below(0)) == [0, 1, 2]
    assert sorted(Tree(parsed).below(0, keep=lambda token: token.text != "b")) == [0]
