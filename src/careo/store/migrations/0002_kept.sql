-- What was derived is kept row by row, so that one more report costs what it touches, and no longer as one piece.
ALTER TABLE state DROP COLUMN conclusions;

ALTER TABLE state ADD COLUMN program TEXT;

ALTER TABLE state ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

UPDATE state SET collated = 0;

CREATE TABLE waiting (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO waiting (document, mark) SELECT id, 0 FROM documents WHERE parent IS NULL;

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

CREATE TABLE keyed (
    collection INTEGER NOT NULL REFERENCES collections (id),
    key INTEGER NOT NULL,
    origin BLOB NOT NULL,
    PRIMARY KEY (collection, key, origin)
) STRICT, WITHOUT ROWID;
