"""What the pages say of records: the words of the dossier, with links between pages instead of within one."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from careo.model import Evidence
from careo.present.dossier.index import Index
from careo.present.dossier.quoting import Quoter
from careo.present.dossier.view import Desk


class Bench(Desk):
    """The desk of the workbench. `base` is the beginning of all its addresses."""

    def __init__(self, index: Index, quoter: Quoter, base: str) -> None:
        super().__init__(index, quoter)
        self.base = base

    def called(self, report: str) -> Markup:
        """What a report is called: by its publisher, or by the file that it came in."""
        document = self.quoter.documents[report]
        return self.quoter.line(document.publisher or document.label)

    def to_report(self, report: str) -> str:
        """The page of a report."""
        return f"{self.base}/report/{quote(report, safe='')}"

    def to_place(self, report: str, field: str, start: int, end: int) -> str:
        """Words of a report, on its page."""
        return f"{self.to_report(report)}?at={field}-{start}-{end}#words"

    def to_words(self, evidence: Evidence) -> str:
        """The words of an evidence, on the page of their report."""
        return self.to_place(evidence.report, evidence.field, evidence.span.start, evidence.span.end)

    def to_entry(self, entry: str) -> str:
        """The page of an entry."""
        return f"{self.base}/entry/{quote(entry, safe='')}"

    def to_entity(self, entity: str) -> str:
        """The page of a person, body or place."""
        return f"{self.base}/person/{quote(entity, safe='')}"

    def to_dispute(self, anchor: str, entry: str | None) -> str:
        """On the page of the entry that it is about; on that of all disputes where there is none."""
        known = entry in self.index.entry if entry else False
        return f"{self.to_entry(entry) if entry and known else f'{self.base}/disputes'}#{anchor}"
