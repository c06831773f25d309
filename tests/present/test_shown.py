"""What leaves the program: masks hide words and names everywhere, and nothing that a report holds steers a terminal or a page."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from careo import pipeline
from careo.model import Anchor, Chronology, Document, Judgement, Report, Span
from careo.present import public
from careo.present.shown import ENTITY, HIDDEN, NOTHING, Masks, harmless, hide, markdown, quoted, shown
from careo.run.local import Local
from tests.collate.making import chain, event, place, report

TEXT = "Ayer Rosa Quispe vio el ataque. La testigo Quispe vive en el pasaje Los Olmos."


def mask(span: Span, property: str = "", document: str = "r") -> Judgement:
    return Judgement(1, "mask", Anchor(document, "text", "mentions", span.start, span.end, property), "HIDE", "peligro", "ana", "2024-05-01")


def story() -> Report:
    rosa = chain(TEXT, "c1", "Rosa Quispe", "Rosa Quispe", "La testigo Quispe")
    attack = event(TEXT, "ataque", who=[("Rosa Quispe", "c1")], where="pasaje Los Olmos")
    return report(TEXT, id="r", chains=[rosa], events=[attack], title="Habla Rosa Quispe")


def concluded(one: Report) -> Chronology:
    return pipeline.conclude([one], [], 1, Local(), print)


def test_without_masks_the_words_are_those_of_the_text() -> None:
    document = story().document
    assert shown(document, place(TEXT, "Rosa Quispe")) == "Rosa Quispe"
    assert shown(document, Span(0, 5), field="title") == "Habla"
    assert not NOTHING


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (0, 31, f"Ayer {HIDDEN} vio el ataque."),
        (0, 8, f"Ayer {HIDDEN}"),
        (10, 20, f"{HIDDEN} vio"),
        (7, 9, HIDDEN),
        (16, 20, " vio"),
        (0, 5, "Ayer "),
    ],
)
def test_a_masked_stretch_is_hidden_however_the_words_are_cut(start: int, end: int, said: str) -> None:
    assert shown(story().document, Span(start, end), Masks([mask(place(TEXT, "Rosa Quispe"))])) == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Murió.", "«Murió.»"), ("«Murió», dijo.", "“«Murió», dijo.”"), ("Dijo «no»", "“Dijo «no»”"), ("Dijo «no» ayer", "«Dijo «no» ayer»")],
)
def test_words_with_marks_of_their_own_stand_in_others(said: str, shown: str) -> None:
    assert quoted(said) == shown


def test_masks_that_overlap_hide_once() -> None:
    masks = Masks([mask(Span(5, 9)), mask(Span(7, 16)), mask(Span(5, 16))])
    assert shown(story().document, Span(0, 20), masks) == f"Ayer {HIDDEN}{HIDDEN} vio"


def test_a_mask_on_a_stretch_hides_its_words_in_derived_lines_too() -> None:
    one = story()
    masks = Masks([mask(place(TEXT, "Rosa Quispe"))], (), lambda name: one.document)
    told = public.encode(public.chronology_of(hide(concluded(one), masks, lambda name: one.document)))
    assert "Rosa" not in told


def test_a_mask_on_an_entity_hides_it_by_all_its_names_everywhere() -> None:
    one, made = story(), concluded(story())
    masks = Masks([mask(place(TEXT, "Rosa Quispe"), ENTITY)], made.entities, lambda name: one.document)
    told = public.encode(public.chronology_of(hide(made, masks, lambda name: one.document)))
    assert "Quispe" not in told
    assert "testigo" not in told
    assert shown(one.document, Span(0, len(TEXT)), masks) == f"Ayer {HIDDEN} vio el ataque. {HIDDEN} vive en el pasaje Los Olmos."
    assert shown(one.document, Span(0, 17), masks, "title") == f"Habla {HIDDEN}"
    assert masks.without_names("dijo ROSA  QUISPE") == f"dijo {HIDDEN}"


@given(st.lists(st.tuples(st.integers(0, 70), st.integers(1, 9)), min_size=1, max_size=4), st.integers(0, 70), st.integers(0, 30))
def test_no_masked_character_is_ever_shown(given_masks: list[tuple[int, int]], start: int, length: int) -> None:
    """The text is of characters that are all different, so that each can be told."""
    text = "".join(chr(0x4E00 + number) for number in range(80))
    document = Document("r", text, "c", "r", "r")
    masks = Masks([mask(Span(at, at + size)) for at, size in given_masks])
    said = shown(document, Span(start, min(start + length, 80)), masks)
    hidden = {text[index] for at, size in given_masks for index in range(at, min(at + size, 80))}
    assert not hidden & set(said)
    assert set(text[start : start + length]) - hidden <= set(said)


HOSTILE = ["\x1b[2J", "\x9b31m", "\x07", "\x00", "\u202e", "\u2066", "\u200f", "\u2028", "\ud800", "\x7f", "\x08", "\x1b]0;x\x07"]


@pytest.mark.parametrize("sign", HOSTILE)
def test_what_steers_a_terminal_is_made_a_symbol(sign: str) -> None:
    assert all(unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for one in harmless(f"a{sign}b"))


def test_words_tabs_and_line_ends_stay() -> None:
    assert harmless("Él dijo:\n\t«¡Ñandú!» — 🙂") == "Él dijo:\n\t«¡Ñandú!» — 🙂"


@given(st.text())
def test_json_is_the_same_value_without_a_sign_that_steers(text: str) -> None:
    made = public.encode({"text": text})
    assert json.loads(made) == {"text": text}
    assert harmless(made) == made


def test_json_keeps_half_a_surrogate() -> None:
    assert public.encode({"text": "a\ud800b\x9b"}) == '{"text": "a\\ud800b\\u009b"}'


MARKDOWN = [
    "# x",
    "**x**",
    "[x](javascript:alert(1))",
    "<script>x</script>",
    "`x`",
    "| a | b |",
    "![x](http://x)",
    "&lt;",
    "_x_",
    "~~x~~",
    "a\n\n# b",
    "\\*x*",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_report_means_nothing(text: str) -> None:
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(f"- «{markdown(text)}»")
    assert rendered.count("<") == rendered.count("<ul>") * 4
    assert " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in rendered
