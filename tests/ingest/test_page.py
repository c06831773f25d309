"""Pages: the article and what the page says of it; hostile pages; nothing is fetched."""

from __future__ import annotations

import contextlib
import hashlib
import html
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careo import ingest
from careo.errors import UnreadableInput
from careo.ingest.encoding import decode
from careo.model import Capture, Dct, Document, Sighting

TITLE = "Tres vecinos mueren en la ribera del río Seco"
PARAGRAPHS = (
    "Tres vecinos de la aldea de Las Pencas murieron el lunes en la ribera del río Seco, informó el alcalde Tomás Muñiz.",
    "“Nadie nos avisó de la crecida”, dijo la hermana de una de las víctimas, que pidió no dar su nombre por temor.",
    "Los bomberos buscan todavía a otras dos personas, según el parte que la gobernación dio a conocer esta mañana.",
)
META = """<meta property="og:title" content="{title}"><meta property="og:site_name" content="El Faro de Pencas"><meta name="author" content="Ana Roa">
<meta property="article:published_time" content="2018-01-15T09:30:00-0400"><link rel="canonical" href="https://elfaro.example.com.ve/sucesos/ribera">"""


def page(body: str | None = None, head: str = META, lang: str = ' lang="es-VE"', title: str = TITLE) -> str:
    content = "".join(f"<p>{html.escape(one)}</p>\n" for one in PARAGRAPHS) if body is None else body
    return f"""<!DOCTYPE html><html{lang}><head><title>{title} | El Faro</title>{head.replace("{title}", title)}</head><body>
<nav><a href="/">Inicio</a> <a href="/s">Sucesos</a></nav>
<article><h1>{title}</h1>{content}</article><footer>Derechos reservados</footer></body></html>"""


def read(content: str | bytes) -> Document:
    data = content.encode() if isinstance(content, str) else content
    return ingest.document(Capture(hashlib.sha256(data).hexdigest(), "text/html", data, (Sighting("nota.html"),)))


def holds(document: Document, content: str | bytes) -> float:
    """Proves the offsets; gives the share of the text's characters that they reach."""
    source = decode(content if isinstance(content, bytes) else content.encode(), markup=True)
    for s in document.offsets:
        assert document.text[s.start : s.start + s.length] == source[s.source : s.source + s.length]
    return sum(s.length for s in document.offsets) / len(document.text)


def test_a_page_gives_its_article_under_its_title() -> None:
    document = read(page())
    assert document.text == "\n".join((TITLE, *PARAGRAPHS))
    assert holds(document, page()) > 0.97
    assert (document.title, document.author, document.publisher) == (TITLE, "Ana Roa", "El Faro de Pencas")
    assert document.url == "https://elfaro.example.com.ve/sucesos/ribera"
    assert document.article == "elfaro.example.com.ve/sucesos/ribera"
    assert document.dct == Dct("2018-01-15T09:30:00-04:00", "page", "meta article:published_time")
    assert (document.language, document.region) == ("es", "es-VE")


def test_a_cp1252_page_keeps_its_marks() -> None:
    document = read(page().replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252"))
    assert document.text == "\n".join((TITLE, *PARAGRAPHS))


def test_a_short_article_is_taken_by_the_other_extractor() -> None:
    assert "Murieron tres vecinos de la aldea." in read(page("<div>Murieron tres vecinos de la aldea.</div>")).text


@pytest.mark.parametrize(
    ("head", "dct"),
    [
        ("", None),
        ('<link rel="canonical" href="https://faro.example/2018/01/15/ribera">', Dct("2018-01-15", "url", "date in the address")),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2018-01-15T13:30:00.250Z"}</script>',
            Dct("2018-01-15T13:30:00Z", "page", "datePublished (JSON-LD)"),
        ),
        ('<meta property="article:published_time" content="2018-01-15">', Dct("2018-01-15", "page", "meta article:published_time")),
    ],
)
def test_dates_tell_where_they_were_found(head: str, dct: Dct | None) -> None:
    assert read(page(head=head)).dct == dct


def test_a_date_shown_or_marked_in_the_page() -> None:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    assert read(page(f'<time datetime="2018-01-15">lunes</time>{body}', head="")).dct == Dct("2018-01-15", "page", "time element")
    shown = read(page(f'<span class="date">15/01/2018</span>{body}', head="")).dct
    assert shown == Dct("2018-01-15", "page", "date shown in the page")


@pytest.mark.parametrize(("shown", "value"), [("© 2018 El Faro de Pencas", "2018"), ("Crecida del 15 de enero de 2018", "2018")])
def test_a_guessed_date_is_no_finer_than_what_the_page_shows(shown: str, value: str) -> None:
    content = page(head="").replace("Derechos reservados", shown)
    assert read(content).dct == Dct(value, "page", "guessed from dates in the page")


def test_a_title_cut_at_a_quotation_mark_is_whole_again() -> None:
    assert read(page(title='Alcalde llama a la crecida "una desgracia"').replace("<h1>", "<h2>").replace("</h1>", "</h2>")).title == (
        'Alcalde llama a la crecida "una desgracia" | El Faro'
    )


def test_the_outlets_own_name_is_no_author() -> None:
    assert read(page(head=META.replace("Ana Roa", "Redacción El Faro de Pencas"))).author is None


@pytest.mark.parametrize(
    "content",
    ["<html></html>", "<html>\0", page("", title="Portada"), f"<html><ul>{'<li><a href=/x>Nota de hoy en la portada</a></li>' * 90}"],
)
def test_a_page_without_an_article_is_refused(content: str) -> None:
    with pytest.raises(UnreadableInput, match=r"nota\.html: (a page without an article|no HTML); expected: .*; to mend it: "):
        read(content)


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "x", "p", "li", "blockquote"])
@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_pages_are_read(tag: str, depth: int) -> None:
    assert PARAGRAPHS[0] in read(f"<html><body>{f'<{tag}>' * depth}{PARAGRAPHS[0] * 4}").text


@pytest.mark.parametrize("tag", ["div", "span", "b", "table", "blockquote"])
def test_pages_nested_beyond_reason_are_refused(tag: str) -> None:
    with pytest.raises(UnreadableInput, match="nested deeper than 2000"):
        read(f"<html><body>{f'<{tag}>' * 300_000}{PARAGRAPHS[0] * 4}")


NOISE = (
    "<script>var veneno = 'El veneno dijo que sí murió.';</script><style>.veneno {}</style>"
    "<!-- veneno --><noscript><iframe src='veneno'></iframe></noscript>"
)


@pytest.mark.parametrize(
    "body",
    [
        NOISE.join(f"<p>{one}</p>" for one in PARAGRAPHS),
        f"<p>Murieron tres vecinos de la aldea.{NOISE}</p>",
        PARAGRAPHS[0] + "<script>veneno",
        PARAGRAPHS[0] + "<!-- veneno",
    ],
)
def test_scripts_styles_and_comments_never_stand_in_the_text(body: str) -> None:
    document = read(page(body))
    assert "murieron" in document.text.lower()
    assert "veneno" not in document.text


@pytest.mark.parametrize("odd", ["\0", "&#0;", "&#xD800;", "&#55357;", "\x0b", "\x1f", "\x85", "\x93", "\ufffe", "&#x110000;", "\u202e"])
def test_odd_characters_can_be_stored(odd: str) -> None:
    content = page(f"<p>{PARAGRAPHS[0]} a{odd}b {PARAGRAPHS[1]}</p>", title=f"Tres{odd} vecinos mueren").replace("Ana Roa", f"Ana {odd}Roa")
    document = read(content)
    for value in (document.text, document.title, document.author, document.publisher, document.url, document.article):
        (value or "").encode("utf-8")
    holds(document, content)


RUBBLE = ["<div>", "</p>", "<p ", "<!--", "-->", "<script>", "</script>", "&#xD800;", "<table>", "<h1>", "\0", "<meta content=", "]]>", '"', "&"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*RUBBLE, PARAGRAPHS[0]]), max_size=25))
def test_pages_of_rubble_are_read_or_refused(pieces: list[str]) -> None:
    content = "<html>" + "".join(pieces)
    with contextlib.suppress(UnreadableInput):
        holds(read(content), content)


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("ingest must not use the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    calls = '<base href="http://faro.example/"><link rel="stylesheet" href="http://faro.example/x.css">'
    assert read(page(head=META + calls)).title == TITLE
    assert read('<!DOCTYPE html SYSTEM "http://faro.example/x.dtd">' + page()).title == TITLE
    with pytest.raises(UnreadableInput):
        read("http://faro.example/nota")


def test_the_same_page_gives_the_same_document() -> None:
    assert read(page()) == read(page())


def test_a_page_of_five_megabytes() -> None:
    noise = "<script>" + "x = 'Tres vecinos murieron'; " * 60 + "</script><div class='ad'><a href='/y'>Lea más</a></div>"
    content = page("".join(f"<p>{one}</p>" for one in PARAGRAPHS * 10)).replace("<nav>", noise * 3000 + "<nav>")
    assert len(content) > 5_000_000
    document = read(content)
    assert PARAGRAPHS[2] in document.text
    assert holds(document, content) > 0.9
