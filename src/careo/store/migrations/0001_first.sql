-- Version 1: the case as it first was. What each table is for stands in ../schema.sql.

-- "CARE": tells a case from other SQLite files.
PRAGMA application_id = 1128354373;

CREATE TABLE captures (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
    capture TEXT NOT NULL REFERENCES captures (sha256),
    record BLOB NOT NULL,
    PRIMARY KEY (capture, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    capture TEXT NOT NULL REFERENCES captures (sha256),
    parent TEXT REFERENCES documents (id),
    language TEXT,
    record BLOB NOT NULL,
    text BLOB NOT NULL
) STRICT;

CREATE INDEX documents_of_capture ON documents (capture);
CREATE INDEX documents_of_language ON documents (language);

CREATE TABLE readings (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    language_version TEXT NOT NULL,
    record BLOB NOT NULL
) STRICT;

CREATE TABLE posts (
    story TEXT NOT NULL REFERENCES documents (id),
    document TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (story, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_by_document ON posts (document);

CREATE TABLE failures (
    place BLOB NOT NULL,
    stage TEXT NOT NULL,
    error BLOB NOT NULL,
    capture TEXT,
    record BLOB NOT NULL,
    PRIMARY KEY (place, stage, error)
) STRICT, WITHOUT ROWID;

CREATE INDEX failures_of_capture ON failures (capture);

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    undoes INTEGER REFERENCES judgements (number) CHECK (undoes < number),
    record BLOB NOT NULL
) STRICT;

CREATE TABLE state (
    generation INTEGER NOT NULL,
    collated INTEGER NOT NULL,
    conclusions BLOB
) STRICT;

INSERT INTO state (generation, collated) VALUES (0, 0);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE words USING fts5 (folded, content = '', tokenize = 'ascii');

CREATE TABLE forms (
    stem TEXT NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (stem, term)
) STRICT, WITHOUT ROWID;

CREATE INDEX forms_by_term ON forms (term);

CREATE TRIGGER captures_stay BEFORE UPDATE ON captures
BEGIN SELECT RAISE (ABORT, 'a capture is never altered'); END;

CREATE TRIGGER captures_are_kept BEFORE DELETE ON captures
BEGIN SELECT RAISE (ABORT, 'a capture is never deleted'); END;

CREATE TRIGGER captures_are_not_replaced BEFORE INSERT ON captures
WHEN EXISTS (SELECT 1 FROM captures WHERE sha256 = new.sha256)
BEGIN SELECT RAISE (ABORT, 'a capture is never altered'); END;

CREATE TRIGGER sightings_stay BEFORE UPDATE ON sightings
BEGIN SELECT RAISE (ABORT, 'a sighting is never altered'); END;

CREATE TRIGGER sightings_are_kept BEFORE DELETE ON sightings
BEGIN SELECT RAISE (ABORT, 'a sighting is never deleted'); END;

CREATE TRIGGER texts_stay BEFORE UPDATE OF id, capture, parent, text ON documents
BEGIN SELECT RAISE (ABORT, 'the text of a document is never altered'); END;

CREATE TRIGGER documents_stay BEFORE UPDATE ON documents WHEN old.parent IS NULL
BEGIN SELECT RAISE (ABORT, 'a report is never altered'); END;

CREATE TRIGGER documents_are_kept BEFORE DELETE ON documents
BEGIN SELECT RAISE (ABORT, 'a document is never deleted'); END;

CREATE TRIGGER documents_are_not_replaced BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents WHERE id = new.id)
BEGIN SELECT RAISE (ABORT, 'the text of a document is never altered'); END;

CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN SELECT RAISE (ABORT, 'a judgement is never altered: a later one undoes it'); END;

CREATE TRIGGER judgements_are_kept BEFORE DELETE ON judgements
BEGIN SELECT RAISE (ABORT, 'a judgement is never deleted: a later one undoes it'); END;

CREATE TRIGGER judgements_are_not_replaced BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE number = new.number)
BEGIN SELECT RAISE (ABORT, 'a judgement is never altered: a later one undoes it'); END;
