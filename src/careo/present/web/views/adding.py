"""Adding reports: files that are dropped on the page or chosen, read beside the pages; what could not be read, with its reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from careo.errors import UsageError
from careo.ingest.dates import EXPECTED, is_dct
from careo.present.web.room import Visit

LONGEST = 150
"""Characters of a file's name that are kept: its end, which tells what it is."""
MOST = 5000
"""Files at once."""


def show(visit: Visit) -> Response:
    """The form; what is being read, and what became of it."""
    doing = visit.room.errands.doing
    failed = [
        (visit.quoter.line(one.where), visit.words.say("stages", one.stage), visit.quoter.line(visit.words.told("errors", one.error)))
        for one in doing.failed[:200]
    ]
    return visit.page("add.html", visit.say("add"), failed=failed, counts=visit.case.counts(), told=doing.added > 0 or doing.stage == "reading")


def take(visit: Visit, form: FormData) -> Response:
    """Put the files aside, and have them read. Raises UsageError for a date that is none."""
    dct = str(form.get("dct", "")).strip()
    if dct and not is_dct(dct):
        raise UsageError(f"no date: {dct!r}", expected=EXPECTED, mend="correct the date, or leave it out")
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if files:
        folder = Path(mkdtemp(prefix="careo-"))
        visit.room.errands.add(folder, _kept(folder, files), dct or None)
        visit.room.errands.rest(0.7)
    return RedirectResponse(f"{visit.base}/add", 303)


def _kept(folder: Path, files: Iterable[UploadFile]) -> list[Path]:
    """Each in a folder of its own: two may have one name, and the name is all that is kept of where it stood."""
    made = []
    for n, upload in enumerate(files):
        path = folder / str(n) / plain_name(upload.filename or "")
        path.parent.mkdir()
        with path.open("wb") as target:
            shutil.copyfileobj(upload.file, target)
        made.append(path)
    return made


def plain_name(name: str) -> str:
    """The last part of a path of any system, without what a file's name cannot hold; never hidden, never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable())[-LONGEST:].strip().lstrip(".")
    while len(kept.encode("utf-8", "replace")) > LONGEST:
        kept = kept[1:]
    return kept or "report"
