"""Small invented reports for the tests of the store."""

from __future__ import annotations

from hashlib import sha256

from careo.model import Anchor, Capture, DctReading, Document, Layers, Mention, Reading, Sighting, Span


def capture(text: str, *places: Sighting) -> Capture:
    """A capture of `text`, met at `places`."""
    content = text.encode("utf-8", "surrogatepass")
    return Capture(sha256(content).hexdigest(), "text/plain", content, places or (Sighting("notas/una.txt"),))


def document(text: str, *, title: str | None = None, language: str | None = "es", label: str = "una.txt") -> Document:
    """The report that `capture(text)` gives."""
    sha = capture(text).sha256
    return Document(id=sha[:16], text=text, capture=sha, label=label, article=sha[:16], title=title, language=language)


def post(story: Document, start: int, end: int) -> Document:
    """A post quoted in `story`."""
    return Document(
        id=f"{story.id}-{start}",
        text=story.text[start:end],
        capture=story.capture,
        label="@ana",
        article=f"{story.id}-{start}",
        author="@ana",
        parent=story.id,
        span=Span(start, end),
        language=story.language,
    )


def reading(of: Document, *posts: Document, version: str = "es-1", name: str = "Ana Rojas") -> Reading:
    """A reading with one mention."""
    layers = Layers(mentions=(Mention("m1", Span(0, 1), "PERSON", name, "names/test"),))
    return Reading(of.id, DctReading(None, None, None), layers, version, posts=posts)


def anchor(of: Document, start: int = 0, end: int = 1) -> Anchor:
    """The characters of a report, as a judgement points at them."""
    return Anchor(of.id, "text", "mentions", start, end)


def report(number: int) -> tuple[Capture, Document, Reading]:
    """The report of this number, always the same; every third has a post."""
    text = f"El parte número {number} habla de {number % 7} heridos en la calle {number % 13}.\n\nLa vocera dijo «no sabemos más»."
    made = document(text)
    return capture(text, Sighting(f"partes/{number}.txt")), made, reading(made, *([post(made, 0, 8)] if number % 3 == 0 else []))
