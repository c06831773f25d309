"""Posts, videos and photos, and a post as a document of its own."""

from __future__ import annotations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careo.model import Document, Media, Span
from careo.read.media import housed, media, posts
from careo.rules import Language
from careo.text import View

POST = "#3Mar Cerrada la vía al puerto por el alud / Foto del diario pic.twitter.com/abc123 — Diario del Valle (@diariovalle) 3 de marzo de 2011"
STORY = f"El puerto quedó aislado.\n\n{POST}\n\nLos vecinos esperan."


def found(text: str, language: Language) -> tuple[Media, ...]:
    return media(View(text), language, text, ())


def document(text: str, label: str = "d") -> Document:
    return Document(label, text, "c", label, label, publisher="El Faro", language="es")


def test_an_embedded_post(language: Language) -> None:
    (post,) = found(STORY, language)
    assert (post.id, post.kind, post.author, post.handle, post.posted) == ("m1", "post", "Diario del Valle", "@diariovalle", "2011-03-03")
    assert (post.hashtags, post.link) == (("#3Mar",), "pic.twitter.com/abc123")
    assert post.content is not None
    assert post.content.of(STORY) == POST[: POST.index(" — ")]
    assert post.span.of(STORY) == POST


def test_no_post_without_its_day(language: Language) -> None:
    assert [one.posted for one in found("Así fue — Ana (@ana) 31 de febrero de 2011", language)] == [None]


def test_the_foot_of_a_post_may_stand_below_its_words(language: Language) -> None:
    text = "La marcha creció.\n\nMarcha en el centro\n\n— Ana Peña (@anapena) March 2018"
    (post,) = found(text, language)
    assert (post.author, post.posted) == ("Ana Peña", None)
    assert post.content is not None
    assert post.content.of(text) == "Marcha en el centro"


def test_videos_and_photos(language: Language) -> None:
    text = "Lo dijo en un video. Circula una foto publicada por el diario."
    assert [(one.kind, one.span.of(text)) for one in found(text, language)] == [("video", "un video"), ("photo", "una foto publicada")]
    assert found("Le gusta la plaza.", language) == ()


def test_a_post_is_a_document_of_its_own(language: Language) -> None:
    story = document(STORY)
    (own,) = posts(story, found(STORY, language))
    assert (own.author, own.publisher, own.parent) == ("Diario del Valle", "@diariovalle", "d")
    assert own.span is not None
    assert own.text == own.span.of(STORY)
    assert own.dct is not None
    assert (own.dct.value, own.dct.origin) == ("2011-03-03", "text")
    (post,) = housed(story, found(STORY, language))
    assert post.document == own.id


def test_one_post_in_two_stories_is_one_origin(language: Language) -> None:
    other = "Sin paso.\n\n" + POST.replace("Cerrada", "CERRADA")
    (one,) = posts(document(STORY), found(STORY, language))
    (two,) = posts(document(other, "e"), found(other, language))
    assert one.article == two.article
    assert one.id != two.id
    third = STORY.replace("puerto por", "pueblo por")
    assert posts(document(third, "f"), found(third, language))[0].article != one.article


def test_what_is_no_embedded_post_is_no_document(language: Language) -> None:
    text = "Lo dijo en un tuit de @diariovalle ayer, y en un video."
    assert [one.kind for one in found(text, language)] == ["post", "video"]
    assert posts(document(text), found(text, language)) == ()
    assert housed(document(text), found(text, language)) == found(text, language)


@given(st.text(max_size=60), st.text(alphabet="— (@a)\n 3demarzo2011#", max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(language: Language, noise: str, tail: str) -> None:
    text = noise + "— A (@a) 3 de marzo de 2011" + tail
    for one in found(text, language):
        spans: list[Span] = [one.span, *([one.content] if one.content else [])]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(own.text for own in posts(document(text), found(text, language)))
    assert msgspec.json.encode(found(text, language)) == msgspec.json.encode(found(text, language))
