"""The case: what goes in comes out, once, in any order, and stays."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo.errors import CaseError, UsageError
from careo.ingest import extract
from careo.model import Anchor, Capture, Document, Failure, Reading, Report, Sighting, Span
from careo.store.case import Case, place, standing
from careo.store.kept import Changes
from tests.store.making import anchor, capture, document, post, reading, report

AT = "2026-11-22T10:00:00Z"
TEXT = "La defensora denunció dos detenciones.\n\n«Se los llevaron de noche», escribió @ana."


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.open(tmp_path / "caso.careo", create=True) as opened:
        yield opened


def put(case: Case, text: str, read: bool = True) -> Document:
    made = document(text)
    case.add(capture(text), made, reading(made) if read else None)
    return made


class TestReports:
    def test_comes_back_as_it_went_in(self, case: Case) -> None:
        story = document(TEXT, title="Dos detenciones")
        quoted = post(story, 40, 60)
        assert case.add(capture(TEXT), story, reading(story, quoted))
        assert case.known(story.capture)
        assert case.capture(story.capture) == capture(TEXT)
        assert case.document(story.id) == story
        assert list(case.documents()) == sorted([story, quoted], key=lambda d: d.id)
        assert list(case.documents(posts=False)) == [story]
        assert case.reading(story.id) == reading(story, quoted)
        assert case.reading(quoted.id) is None
        assert list(case.reports()) == [Report(story, reading(story, quoted), (Sighting("notas/una.txt"),))]
        assert list(case.unread()) == []

    def test_a_report_already_there_is_not_added_again(self, case: Case) -> None:
        story = put(case, TEXT)
        before = (case.counts(), case.generation)
        assert not case.add(capture(TEXT), story, reading(story, version="es-2"))
        assert (case.counts(), case.generation) == before
        assert case.reading(story.id) == reading(story)

    def test_an_unread_report_is_found_and_can_be_read_later(self, case: Case) -> None:
        story = put(case, TEXT, read=False)
        assert list(case.unread()) == [story]
        assert case.counts()["unread"] == 1
        assert case.search("detenciones")
        assert not case.add(capture(TEXT), story, reading(story))
        assert list(case.unread()) == []

    def test_pages_of_many_reports_stay_in_order(self, case: Case) -> None:
        for number in range(450):
            case.add(*report(number))
        ids = [made.id for made in case.documents()]
        assert len(ids) == 600
        assert ids == sorted(ids)
        assert [made.document for made in case.readings()] == [made.id for made in case.documents(posts=False)]

    def test_writing_between_the_rows_that_one_reads(self, case: Case) -> None:
        for number in range(250):
            case.add(*report(number)[:2], None)
        for story in case.unread():
            case.replace_reading(reading(story))
        assert case.counts()["readings"] == 250

    def test_what_is_not_there(self, case: Case) -> None:
        assert not case.known("0" * 64)
        assert case.reading("nada") is None
        with pytest.raises(UsageError, match="no document nada"):
            case.document("nada")
        with pytest.raises(UsageError, match="no capture nada"):
            case.capture("nada")
        with pytest.raises(UsageError, match="no capture nada"):
            case.add_sighting("nada", Sighting("x"))
        with pytest.raises(CaseError, match="not Unicode"):
            case.document("\udcff")

    def test_one_id_with_two_texts_is_refused(self, case: Case) -> None:
        story = put(case, TEXT)
        other = Document(id=story.id, text="Otro texto.", capture=story.capture, label="x", article="x")
        with pytest.raises(CaseError, match="two texts"):
            case.add(capture(TEXT), other, None)
        assert case.document(story.id) == story

    def test_a_report_that_cannot_be_stored_whole_leaves_nothing(self, case: Case) -> None:
        story = document(TEXT)
        stray = Document(id="p", text="La", capture="f" * 64, label="x", article="x", parent=story.id, span=Span(0, 2))
        with pytest.raises(CaseError):
            case.add(capture(TEXT), story, reading(story, stray))
        assert not any(case.counts().values())
        assert case.generation == 0
        assert case.search("defensora") == []


class TestReadAgain:
    def test_the_new_reading_takes_the_place_of_the_old(self, case: Case) -> None:
        story = document(TEXT)
        first, second = post(story, 40, 60), post(story, 2, 9)
        case.add(capture(TEXT), story, reading(story, first))
        assert [made.id for made in case.outdated("es-2")] == [story.id]
        case.replace_reading(reading(story, second, version="es-2"))
        assert list(case.outdated("es-2")) == []
        assert [made.id for made in case.documents()] == [story.id, second.id]
        assert case.document(first.id) == first

    def test_what_is_known_of_a_post_is_renewed(self, case: Case) -> None:
        story = document(TEXT)
        quoted = post(story, 40, 60)
        case.add(capture(TEXT), story, reading(story, quoted))
        renewed = Document(**{name: getattr(quoted, name) for name in quoted.__struct_fields__} | {"author": "@ana_rojas"})
        case.replace_reading(reading(story, renewed, version="es-2"))
        assert case.document(quoted.id) == renewed

    def test_the_generation_is_as_if_it_had_been_read_so_at_once(self, case: Case, tmp_path: Path) -> None:
        story = document(TEXT)
        case.add(capture(TEXT), story, reading(story, post(story, 40, 60)))
        case.replace_reading(reading(story, version="es-2"))
        with Case.open(tmp_path / "otro.careo", create=True) as other:
            other.add(capture(TEXT), story, reading(story, version="es-2"))
            assert other.generation == case.generation


class TestSightings:
    def test_one_capture_with_more_places(self, case: Case) -> None:
        story = put(case, TEXT)
        elsewhere = Sighting("diario/nota.txt", publisher="El Faro")
        assert case.add_sighting(story.capture, elsewhere)
        assert not case.add_sighting(story.capture, elsewhere)
        assert case.capture(story.capture).sightings == (elsewhere, Sighting("notas/una.txt"))
        assert case.counts()["captures"] == 1

    def test_places_have_the_names_that_ingest_gives_them(self) -> None:
        for sighting in (Sighting("a/b.txt"), Sighting("a/b.jsonl", part="line 7")):
            assert place(sighting) == extract.place(capture("x", sighting))


class TestFailures:
    def test_the_same_failure_is_one_row(self, case: Case) -> None:
        once = Failure("a.html", "ingest", "no article in it")
        for _ in range(3):
            case.fail(once)
        case.fail(Failure("a.html", "ingest", "another"))
        assert list(case.failures()) == [Failure("a.html", "ingest", "another"), once]

    def test_success_at_the_same_place_clears_it_and_no_other(self, case: Case) -> None:
        case.fail(Failure("notas/una.txt", "ingest", "unreadable"))
        case.fail(Failure("notas/otra.txt", "ingest", "unreadable"))
        put(case, TEXT)
        assert [failure.where for failure in case.failures()] == ["notas/otra.txt"]

    def test_bytes_met_where_something_failed_clear_it(self, case: Case) -> None:
        story = put(case, TEXT)
        case.fail(Failure("b.txt", "ingest", "no permission"))
        case.add_sighting(story.capture, Sighting("b.txt"))
        assert list(case.failures()) == []

    def test_a_failed_reading_stays_until_it_is_read(self, case: Case) -> None:
        story = document(TEXT)
        failed = Failure("notas/una.txt", "read", "too deep", capture=story.capture)
        case.fail(failed)
        case.add(capture(TEXT), story, None)
        assert list(case.failures()) == [failed]
        case.replace_reading(reading(story))
        assert list(case.failures()) == []

    def test_what_failed_in_collating_holds_until_the_next_conclusion(self, case: Case) -> None:
        read, collated = Failure("a.txt", "read", "too deep"), Failure("a.txt", "collate", "no anchor")
        case.fail(read)
        story = put(case, TEXT)
        assert case.conclude(1, case.derived(), Changes(), {story.id: collated})
        assert list(case.failures()) == [collated, read]
        assert list(case.derived().waiting) == [story.id], "it is derived again next time"
        assert case.conclude(1, case.derived(), Changes(), {})
        assert list(case.failures()) == [read]


class TestJudgements:
    def test_they_are_numbered_and_kept(self, case: Case) -> None:
        story = put(case, TEXT)
        first = case.judge("link", anchor(story), "SAME", right=anchor(story, 3, 12), because="mismo parte", by="Inés", at=AT)
        second = case.judge("note", anchor(story), "", because="ver foto", by="Inés", at=AT)
        assert (first.number, second.number) == (1, 2)
        assert case.judgements() == (first, second)

    def test_masks_hold_until_they_are_undone(self, case: Case) -> None:
        story = put(case, TEXT)
        mask = case.judge("mask", anchor(story), "HIDE", because="testigo", by="Inés", at=AT)
        other = case.judge("mask", anchor(story, 3, 12), "HIDE", because="testigo", by="Inés", at=AT)
        undo = case.judge("mask", anchor(story), "SHOW", because="consintió", by="Inés", at=AT, undoes=mask.number)
        assert case.masks() == (other,)
        case.judge("mask", anchor(story), "SHOW", because="se arrepintió", by="Inés", at=AT, undoes=undo.number)
        assert case.masks() == (mask, other)

    def test_a_wider_mask_that_undoes_a_narrow_one_hides(self, case: Case) -> None:
        story = put(case, TEXT)
        narrow = case.judge("mask", anchor(story), "HIDE", because="testigo", by="Inés", at=AT)
        wide = case.judge("mask", anchor(story, 0, 12), "HIDE", because="el cargo también", by="Inés", at=AT, undoes=narrow.number)
        assert case.masks() == (wide,)

    def test_a_long_quarrel(self, case: Case) -> None:
        story = document(TEXT)
        last = None
        for turn in range(40):
            last = case.judge("mask", anchor(story), "SHOW" if turn % 2 else "HIDE", because=str(turn), by="Inés", at=AT, undoes=last).number
        assert [judgement.number for judgement in standing(case.judgements())] == list(range(2, 41, 2))

    @pytest.mark.parametrize(("kind", "undoes"), [("verdict", None), ("note", 7), ("note", 1)])
    def test_what_is_no_judgement_is_refused(self, case: Case, kind: str, undoes: int | None) -> None:
        with pytest.raises(UsageError):
            case.judge(kind, anchor(document(TEXT)), "", because="", by="", at=AT, undoes=undoes)  # type: ignore[arg-type]
        assert case.judgements() == ()


REFUSED = [
    "UPDATE documents SET text = x'00'",
    "UPDATE documents SET record = x'00'",
    "DELETE FROM documents",
    "INSERT OR REPLACE INTO documents SELECT * FROM documents",
    "UPDATE captures SET content = x'00'",
    "DELETE FROM captures",
    "INSERT OR REPLACE INTO captures SELECT * FROM captures",
    "UPDATE sightings SET record = x'00'",
    "DELETE FROM sightings",
    "UPDATE judgements SET kind = 'note'",
    "DELETE FROM judgements",
    "INSERT OR REPLACE INTO judgements SELECT * FROM judgements",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_what_is_evidence_stays_whoever_writes(case: Case, statement: str) -> None:
    story = put(case, TEXT)
    case.judge("note", anchor(story), "", because="", by="Inés", at=AT)
    other = sqlite3.connect(case.path)
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        other.execute(statement)
    other.close()


class TestGeneration:
    def test_an_empty_case_is_current(self, case: Case) -> None:
        assert (case.generation, case.collated_generation, case.is_current) == (0, 0, True)
        assert case.derived().kept is None

    def test_conclusions_are_current_until_something_comes_in(self, case: Case) -> None:
        put(case, TEXT)
        assert not case.is_current
        assert case.conclude(case.generation, case.derived(), Changes([("lines", "a", ("one", "two"))]), {})
        assert case.is_current
        kept = case.derived().kept
        assert kept
        assert list(kept.rows("lines", str)) == ["one", "two"]
        case.judge("note", anchor(document(TEXT)), "", because="", by="Inés", at=AT)
        assert not case.is_current
        assert case.conclude(case.generation, case.derived(), Changes([("lines", "a", ())]), {})
        assert case.is_current
        assert list(kept.rows("lines", str)) == []

    @pytest.mark.parametrize("change", ["report", "unread", "sighting", "reading", "judgement"])
    def test_each_thing_counts(self, case: Case, change: str) -> None:
        story = put(case, TEXT)
        before = case.generation
        match change:
            case "report":
                case.add(*report(1))
            case "unread":
                case.add(*report(1)[:2], None)
            case "sighting":
                case.add_sighting(story.capture, Sighting("b.txt"))
            case "reading":
                case.replace_reading(reading(story, name="Luz Díaz"))
            case _:
                case.judge("note", anchor(story), "", because="", by="Inés", at=AT)
        assert case.generation != before
        assert 0 <= case.generation < 2**53

    def test_order_batches_and_labels_do_not_count(self, tmp_path: Path) -> None:
        story = document(TEXT)
        verdicts = [(anchor(story, at, at + 1), str(at)) for at in range(4)]
        found = {arranged(tmp_path / f"{seed}.careo", seed, verdicts) for seed in range(6)}
        assert len(found) == 1
        assert found != {0}


def arranged(path: Path, seed: int, verdicts: list[tuple[Anchor, str]]) -> int:
    """The generation of a case into which twelve reports, some twice, and four judgements came in an order and batches of the seed's."""
    chance = random.Random(seed)
    numbers = [*range(12), 3, 5]
    chance.shuffle(numbers)
    chance.shuffle(verdicts)
    cut = chance.randrange(len(numbers))
    for batch in (numbers[:cut], numbers[cut:]):
        with Case.open(path, create=True) as case:
            for number in batch:
                taken, made, read = report(number)
                labelled = Document(**{name: getattr(made, name) for name in made.__struct_fields__} | {"label": str(seed)})
                case.add(taken, labelled, None if number == 7 else read)
    with Case.open(path) as case:
        first = case.judge("note", anchor(document(TEXT)), "zero", because="", by="Inés", at=AT) if seed % 2 else None
        for left, verdict in verdicts:
            case.judge("note", left, verdict, because="", by="Inés", at=AT)
        first = first or case.judge("note", anchor(document(TEXT)), "zero", because="", by="Inés", at=AT)
        case.judge("note", first.left, "", because="", by="Inés", at=AT, undoes=first.number)
        return case.generation


# ---------------------------------------------------------------- any text

ANY = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.open(tmp_path_factory.mktemp("case") / "any.careo", create=True) as opened:
        yield opened


@settings(deadline=None)
@given(text=ANY, title=st.none() | ANY, language=st.none() | st.sampled_from(["es", "pt", "en", "\udcff"]), words=ANY)
def test_any_text_comes_back_the_same(shared: Case, text: str, title: str | None, language: str | None, words: str) -> None:
    sighting = Sighting(words, part=words, publisher=words)
    made = document(text)
    story = Document(id=made.id, text=text, capture=made.capture, label=words, article=words, title=title, language=language)
    if not shared.known(story.capture):
        shared.add(capture(text, sighting), story, reading(story, name=words))
        assert shared.document(story.id) == story
        assert shared.reading(story.id) == reading(story, name=words)
        assert shared.capture(story.capture) == capture(text, sighting)
    shared.fail(Failure(words, "read", text, capture=story.capture))
    assert Failure(words, "read", text, capture=story.capture) in list(shared.failures())
    shared.add_sighting(story.capture, Sighting(words))


def test_the_bytes_of_a_capture_come_back(case: Case) -> None:
    content = bytes(range(256)) * 300
    taken = Capture("a" * 64, "text/html", content, (Sighting("a.html"),))
    story = Document(id="a", text="Nada.", capture=taken.sha256, label="a", article="a")
    case.add(taken, story, None)
    assert case.capture(taken.sha256) == taken


def test_reports_come_out_whole(case: Case) -> None:
    made: list[tuple[Capture, Document, Reading]] = [report(number) for number in range(5)]
    for one in made:
        case.add(*one)
    assert list(case.reports()) == [Report(d, r, c.sightings) for c, d, r in sorted(made, key=lambda one: one[1].id)]
