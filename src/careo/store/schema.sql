-- The case file as this version of Careo knows it. The tables are made by `migrations/`, in order of number; a test holds that
-- they make what stands here. To change the schema: a new migration, and the same change here.
--
-- Records are JSON with the names of `model.py`; columns beside them are what queries need. The version is `PRAGMA user_version`,
-- the number of the last migration that the file has had.

-- "CARE": tells a case from other SQLite files.
PRAGMA application_id = 1128354373;

-- The bytes as they came: one row a part (a page, a text file, a line of JSON Lines), whatever number of places it was met at.
-- `content` is packed with zlib.
CREATE TABLE captures (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The places where a capture was met. `record`: model.Sighting as JSON. The same bytes from two outlets: one capture, two sightings.
CREATE TABLE sightings (
    capture TEXT NOT NULL REFERENCES captures (sha256),
    record BLOB NOT NULL,
    PRIMARY KEY (capture, record)
) STRICT, WITHOUT ROWID;

-- Reports, and the posts quoted in them (`parent`: the story). `record`: model.Document as JSON without its text, which stands in
-- `text` as UTF-8 (half a surrogate pair is kept: a BLOB, for strict UTF-8 has none). The text is never altered.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    capture TEXT NOT NULL REFERENCES captures (sha256),
    parent TEXT REFERENCES documents (id),
    language TEXT,
    record BLOB NOT NULL,
    text BLOB NOT NULL
) STRICT;

-- Which documents a capture gave; which languages the case has.
CREATE INDEX documents_of_capture ON documents (capture);
CREATE INDEX documents_of_language ON documents (language);

-- What was read in a report: model.Reading as JSON packed with zlib, with the version of the language that read it.
-- A report without a row is unread.
CREATE TABLE readings (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    language_version TEXT NOT NULL,
    record BLOB NOT NULL
) STRICT;

-- The posts that the present reading of a story names. Posts of an earlier reading stay in `documents`, for judgements may point at them.
CREATE TABLE posts (
    story TEXT NOT NULL REFERENCES documents (id),
    document TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (story, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_by_document ON posts (document);

-- What could not be taken in or read, until it succeeds: model.Failure as JSON. `place` and `error` are UTF-8, as BLOBs for the same reason
-- as the text: names of files may be no Unicode.
CREATE TABLE failures (
    place BLOB NOT NULL,
    stage TEXT NOT NULL,
    error BLOB NOT NULL,
    capture TEXT,
    record BLOB NOT NULL,
    PRIMARY KEY (place, stage, error)
) STRICT, WITHOUT ROWID;

CREATE INDEX failures_of_capture ON failures (capture);

-- A person's decisions, model.Judgement as JSON: append-only. A later one undoes an earlier one by its number. They point at places in texts,
-- never at what was computed.
CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    undoes INTEGER REFERENCES judgements (number) CHECK (undoes < number),
    record BLOB NOT NULL
) STRICT;

-- One row. `generation` stands for all that the case holds (case.py says how), `collated` for what the conclusions were drawn from;
-- `program` is a hash of the code that drew them, `revision` counts how often they were stored.
CREATE TABLE state (
    generation INTEGER NOT NULL,
    collated INTEGER NOT NULL,
    program TEXT,
    revision INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO state (generation, collated) VALUES (0, 0);

-- Reports that came in, or changed, since conclusions were drawn; `mark` is the generation at which they did.
CREATE TABLE waiting (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was derived, as flow.py keeps it: collections of rows by key, as JSON, packed with zlib where they are long. All of it can be thrown away.
CREATE TABLE collections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE kept (
    collection INTEGER NOT NULL REFERENCES collections (id),
    key BLOB NOT NULL,
    rows BLOB NOT NULL,
    PRIMARY KEY (collection, key)
) STRICT, WITHOUT ROWID;

-- Which keys of its source have the rows that a collection finds by this key, of which a hash stands here.
CREATE TABLE keyed (
    collection INTEGER NOT NULL REFERENCES collections (id),
    key INTEGER NOT NULL,
    origin BLOB NOT NULL,
    PRIMARY KEY (collection, key, origin)
) STRICT, WITHOUT ROWID;

-- The search. A passage is a paragraph of a report: characters `start` up to `stop` of the document's `field` (text or title).
-- Posts are not here: their words stand in their story.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;

-- The words of each passage (rowid = passages.id), cut and folded by us, with blanks between. The tokenizer `ascii` takes all that is not
-- ASCII for a letter and strips nothing: ñ stays apart from n, and both sides cut words alike. Contentless: the text stands in `documents`.
CREATE VIRTUAL TABLE words USING fts5 (folded, content = '', tokenize = 'ascii');

-- Which words share a stem (`es:orden`): what a search for one form finds the others by.
CREATE TABLE forms (
    stem TEXT NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (stem, term)
) STRICT, WITHOUT ROWID;

CREATE INDEX forms_by_term ON forms (term);

-- What is evidence stays as it came, whatever program has the file open.
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

-- Judgements are taken back by later ones, never rewritten.
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN SELECT RAISE (ABORT, 'a judgement is never altered: a later one undoes it'); END;

CREATE TRIGGER judgements_are_kept BEFORE DELETE ON judgements
BEGIN SELECT RAISE (ABORT, 'a judgement is never deleted: a later one undoes it'); END;

CREATE TRIGGER judgements_are_not_replaced BEFORE INSERT ON judgements
WHEN EXISTS (SELECT 1 FROM judgements WHERE number = new.number)
BEGIN SELECT RAISE (ABORT, 'a judgement is never altered: a later one undoes it'); END;
