"""Every segment leads back to the same characters."""

from __future__ import annotations

import html
import json
import time

from hypothesis import example, given
from hypothesis import strategies as st

from careo.ingest.offsets import align, align_escaped
from careo.model import Segment

VOCABULARY = ["El", "alcalde", "de", "Río", "Seco", "dijo", "que", "tres", "&", "dos", "<", "niños", "“ayer”", "a\u0301"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12)
WRAP = st.sampled_from(["{}", "<b>{}</b>", "<!-- {} -->{}", "<a title='{}'>{}</a>", "<script>{}</script>{}", "<br/>{}\n\n"])


def holds(text: str, page: str) -> tuple[Segment, ...]:
    """Aligns, and proves what `align` promises."""
    segments = align(text, page)
    end = 0
    for segment in segments:
        assert segment.start >= end
        end = segment.start + segment.length
        assert segment.length > 0
        assert text[segment.start : end] == page[segment.source : segment.source + segment.length]
    assert end <= len(text)
    return segments


def covered(segments: tuple[Segment, ...]) -> int:
    return sum(segment.length for segment in segments)


@given(st.lists(st.tuples(WORDS, WRAP), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_what_was_extracted_leads_back(paragraphs: list[tuple[list[str], str]], shuffle: object) -> None:
    lines = [" ".join(words) for words, _ in paragraphs]
    page = "".join(f"<p>{wrap.replace('{}', html.escape(line))}</p>" for line, (_, wrap) in zip(lines, paragraphs, strict=True))
    holds("\n".join(lines), page)
    holds("\n".join(reversed(lines)), page)


@given(st.text(), st.text())
@example("<p>", "<p>")
@example("a\x1cb", "<a\x00b&amp")
@example("&amp; x", "&amp;amp; x")
def test_whatever_comes_in_no_segment_lies(text: str, page: str) -> None:
    holds(text, page)
    holds(text, html.escape(text))
    holds(page, text + page)


def test_a_plain_page_is_covered_whole() -> None:
    text = "Tres vecinos murieron el lunes en la aldea de Las Pencas."
    assert holds(text, f"<p>{text}</p>") == (Segment(0, len(text), 3),)


def test_entities_tags_and_blanks_break_segments() -> None:
    text = "La niña dijo que sí se fue."
    page = "<p>La ni&ntilde;a <b>dijo</b>  que s&iacute; se fue.</p>"
    segments = holds(text, page)
    assert [text[s.start : s.start + s.length] for s in segments] == ["La ni", "a", "dijo", "que s", "se fue."]


def test_scripts_and_attributes_are_no_text() -> None:
    text = "El alcalde murió en la ribera del río."
    page = f"<script>'{text}'</script><p title='{text}'>{text}</p>"
    assert holds(text, page)[0].source == page.rfind(text)


def test_a_word_left_out_by_the_extractor_costs_only_itself() -> None:
    page = "<p>El alcalde de la aldea de Las Pencas <sup>[1]</sup> dijo que tres vecinos murieron en la ribera del río.</p>"
    text = "El alcalde de la aldea de Las Pencas dijo que tres vecinos murieron en la ribera del río."
    assert covered(holds(text, page)) >= len(text) - 1


def test_paragraphs_in_another_order_are_found() -> None:
    first, second = "El primer párrafo cuenta lo de la aldea.", "El segundo párrafo cuenta lo de la ribera."
    assert covered(holds(f"{second}\n{first}", f"<p>{first}</p><p>{second}</p>")) == len(first) + len(second)


def seconds(text: str, page: str) -> float:
    start = time.process_time()
    align(text, page)
    return time.process_time() - start


def test_time_grows_with_the_page_and_not_with_its_square() -> None:
    absent = "\n".join(f"Esta línea de la nota número {i} no figura en la página." for i in range(3000))
    cases = [
        ("a" * 40 + "b\n", "a"),
        ("palabra ", "palabra "),
        ("<!-- ", "<!--"),
        ("x", "<script"),
        ("é", "&eacute"),
        (absent, "<p>Otra cosa, otra vez.</p>"),
    ]
    for text, page in cases:
        assert seconds(text * (1 if text == absent else 2000), page * (1_000_000 // len(page))) < 4


@given(st.text())
def test_a_json_string_leads_back_to_its_line(text: str) -> None:
    for raw in (json.dumps(text), json.dumps(text, ensure_ascii=False)):
        line = '{"text": ' + raw + "}"
        segments = align_escaped(text, raw, 9)
        assert all(text[s.start : s.start + s.length] == line[s.source : s.source + s.length] for s in segments)


@given(st.text('añ"\\\n\U0001f600'))
def test_only_escaped_characters_of_a_json_string_have_no_place(text: str) -> None:
    reached = covered(align_escaped(text, json.dumps(text), 0))
    assert reached == text.count("a")
