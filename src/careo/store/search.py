"""Search in the case: words in any inflected form, or as they are written; ñ is not n, accents do not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from careo.errors import UsageError
from careo.model import Document, Field, Record, Span
from careo.store.file import File
from careo.store.passages import passages
from careo.store.records import inexact, unpack
from careo.store.stems import STEMMERS, Word, stems, words_of
from careo.text import View

MOST_WORDS = 40
"""Words of the longest query."""

_CANDIDATES = 5
_FEWEST = 50

_FIND = """
    SELECT p.document, p.field, p.start, p.stop, -bm25(words) AS score
    FROM words JOIN passages AS p ON p.id = words.rowid
    WHERE words MATCH ? ORDER BY score DESC, p.document, p.field, p.start LIMIT ?
"""


Row = tuple[str, Field, int, int, float]


class Hit(Record, frozen=True):
    """A passage that was found. `span` is its shortest stretch with all the words, `words` each of them; offsets of the document's `field`.

    `score` compares hits of one search: the higher the better (BM25, Robertson and Zaragoza 2009, times up to two where the words stand together).
    """

    document: str
    field: Field
    span: Span
    passage: Span
    words: tuple[Span, ...]
    score: float


def index(file: File, document: Document) -> None:
    """Make the words of a report, and of a title that does not begin its text, findable. Inside the transaction that stores it."""
    fields: list[tuple[Field, str]] = [("text", document.text)]
    if document.title and not document.text.lstrip().startswith(document.title.strip()):
        fields.append(("title", document.title))
    forms: set[tuple[str, str]] = set()
    for field, text in fields:
        for passage in passages(text):
            words = words_of(View(passage.of(text)))
            _index_passage(file, document.id, field, passage, words)
            forms |= {(stem, word.key) for word in words for stem in stems(word.surface, document.language)}
    file.run_many("INSERT OR IGNORE INTO forms (stem, term) VALUES (?, ?)", sorted(forms))


def _index_passage(file: File, document: str, field: Field, passage: Span, words: Sequence[Word]) -> None:
    if words:
        file.run("INSERT INTO passages (document, field, start, stop) VALUES (?, ?, ?, ?)", document, field, passage.start, passage.end)
        file.run("INSERT INTO words (rowid, folded) VALUES (last_insert_rowid(), ?)", " ".join(word.key for word in words))


def search(file: File, words: str, *, exact: bool = False, limit: int = 20) -> list[Hit]:
    """The best passages with all of `words`, in any inflected form; `exact`: as they are written, in this order. Best first.

    Signs in `words` have no meaning, and neither have AND, OR, NOT and NEAR. Raises UsageError where no word is left, or too many.
    """
    wanted = _wanted(words, limit)
    groups = [frozenset({word.key}) for word in wanted] if exact else _groups(file, wanted)
    rows: list[Any] = file.rows(_FIND, _query(groups, exact), limit if exact else max(_CANDIDATES * limit, _FEWEST))
    texts = {place: _text(file, *place) for place in {(row[0], row[1]) for row in rows}}
    hits = [_hit(row, texts[row[0], row[1]], groups, exact) for row in rows]
    return sorted(hits, key=lambda hit: (-hit.score, hit.document, hit.field, hit.passage))[:limit]


def _wanted(words: str, limit: int) -> list[Word]:
    found = words_of(View(words))
    if not found:
        raise UsageError("no word to search for", where=repr(words[:80]), expected="one word or more", mend='write for instance "orden de captura"')
    if len(found) > MOST_WORDS:
        raise UsageError(f"{len(found)} words to search for", expected=f"{MOST_WORDS} at most", mend="search for the words that matter")
    if limit < 1:
        raise UsageError(f"{limit} hits asked for", expected="1 or more", mend="ask for at least one")
    return found


# ---------------------------------------------------------------- inflected forms


def _groups(file: File, wanted: Sequence[Word]) -> list[frozenset[str]]:
    """For each different word the words of the case that share a stem with it, itself among them."""
    return [_forms(file, word) for word in {word.key: word for word in wanted}.values()]


def _forms(file: File, word: Word) -> frozenset[str]:
    """A word that the case has is compared by the stems it got there, where it had its accents; another by its own."""
    shared = [stem for (stem,) in file.rows("SELECT stem FROM forms WHERE term = ?", word.key)]
    if not shared:
        languages = [language for language in STEMMERS if file.value("SELECT 1 FROM documents WHERE language = ? LIMIT 1", language)]
        shared = [stem for language in languages for stem in stems(word.surface, language)]
    terms = (term for stem in shared for (term,) in file.rows("SELECT term FROM forms WHERE stem = ?", stem))
    return frozenset({word.key, *terms})


def _query(groups: Sequence[frozenset[str]], exact: bool) -> str:
    """FTS5's notation. Keys hold nothing but letters and digits, and stand in quotes: nothing that a user writes is an operator."""
    if exact:
        return '"' + " ".join(key for (key,) in groups) + '"'
    return " AND ".join("(" + " OR ".join(f'"{key}"' for key in sorted(group)) + ")" for group in groups)


# ---------------------------------------------------------------- from a passage to its words


def _text(file: File, document: str, field: Field) -> str:
    if field == "title":
        return unpack(file.value("SELECT record FROM documents WHERE id = ?", document), Document).title or ""
    return inexact(file.value("SELECT text FROM documents WHERE id = ?", document))


def _hit(row: Row, text: str, groups: Sequence[frozenset[str]], exact: bool) -> Hit:
    document, field, start, stop, score = row
    view = View(text[start:stop])
    words = words_of(view)
    found = list(_runs(words, groups) if exact else _covers(words, groups))
    first, last = min(found, key=lambda ends: (ends[1] - ends[0], ends), default=(0, len(words) - 1))
    wanted = frozenset().union(*groups)
    marked = [at for a, b in found for at in range(a, b + 1)] if exact else [at for at, word in enumerate(words) if word.key in wanted]
    return Hit(
        document=document,
        field=field,
        span=_span(view, start, words[first].start, words[last].end),
        passage=Span(start, stop),
        words=tuple(_span(view, start, words[at].start, words[at].end) for at in sorted(set(marked))),
        score=score * (1 + len(groups) / max(last - first + 1, len(groups))),
    )


def _span(view: View, start: int, first: int, last: int) -> Span:
    span = view.span(first, last)
    return Span(start + span.start, start + span.end)


def _runs(words: Sequence[Word], phrase: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """First and last index of every place where the words of `phrase` follow each other."""
    for at in range(len(words) - len(phrase) + 1):
        if all(words[at + i].key in key for i, key in enumerate(phrase)):
            yield at, at + len(phrase) - 1


def _covers(words: Sequence[Word], groups: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """First and last index of the stretches that hold a word of each group and cannot be cut on the left."""
    last: dict[int, int] = {}
    for at, word in enumerate(words):
        seen = [number for number, group in enumerate(groups) if word.key in group]
        last.update(dict.fromkeys(seen, at))
        if seen and len(last) == len(groups):
            yield min(last.values()), at
