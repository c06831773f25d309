"""A workbench for tests: a case file of invented reports, and a client that behaves as a browser does."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from careo.model import Capture, Chronology, Report
from careo.present.web.app import application
from careo.present.web.room import Room
from careo.present.words import words
from careo.settings import Settings
from careo.store.case import Case
from tests.present.storing import conclude

with warnings.catch_warnings():
    # It would rather have another client, which is not locked here; this one does.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

TOKEN = "una-clave-de-prueba"
HOST = "127.0.0.1:8123"
ORIGIN = f"http://{HOST}"


def stored(path: Path, chronology: Chronology, reports: Iterable[Report]) -> Path:
    """A case file with these reports, concluded as given."""
    with Case.open(path, create=True) as case:
        for one in reports:
            raw = f"<script>alert(1)</script>{one.document.text}".encode()
            case.add(Capture(one.document.capture, "text/plain", raw, one.sightings), one.document, one.reading)
        conclude(case, chronology)
    return path


class Browser:
    """Asks for pages by their address after the token, keeps cookies, and sends forms as a page of ours would."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str = "/", **headers: str) -> str:
        """The text of a page, which must be there."""
        answer = self.client.get(f"/{TOKEN}{path}", headers={"host": HOST, **headers})
        assert answer.status_code == 200, (path, answer.status_code, answer.text[-2000:])
        return answer.text

    def status(self, path: str, **headers: str) -> int:
        """How a page is answered."""
        return int(self.client.get(f"/{TOKEN}{path}", headers={"host": HOST, **headers}, follow_redirects=False).status_code)

    def post(self, path: str, data: dict[str, str], **headers: str) -> int:
        """Send a form; gives how it is answered."""
        sent = {"host": HOST, "origin": ORIGIN, "sec-fetch-site": "same-origin", **headers}
        return int(self.client.post(f"/{TOKEN}{path}", data=data, headers=sent, follow_redirects=False).status_code)


@contextmanager
def served(path: Path, tongue: str = "es", *, concludes: bool = True, atlas: Path | None = None) -> Iterator[Browser]:
    """The workbench on a case file, with the map of `atlas`. Not `concludes`: the conclusions that were stored stay, whatever is decided."""
    room = Room(path, words(tongue), Settings(tongue=tongue, atlas=str(atlas or "")), TOKEN)
    if not concludes:
        room.errands.conclude = lambda: None  # type: ignore[method-assign]
    with TestClient(application(room, token=TOKEN, hosts=[HOST]), base_url=ORIGIN) as client:
        yield Browser(client)
