-- The corpus database. Texts, versions, records and decisions are only ever added.

CREATE TABLE IF NOT EXISTS texts (
  version TEXT PRIMARY KEY,              -- SHA-256 of the text
  text    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sources (
  id       TEXT PRIMARY KEY,
  location TEXT NOT NULL,                -- where its first original stood
  current  INTEGER NOT NULL              -- versions.number
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS versions (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  source     TEXT NOT NULL,
  version    TEXT NOT NULL,
  record     TEXT NOT NULL,              -- JSON
  shape      TEXT NOT NULL,              -- hash of sections, passages and references
  languages  TEXT NOT NULL,
  added      TEXT NOT NULL,
  original   TEXT NOT NULL,              -- SHA-256 of the file
  name       TEXT NOT NULL,
  origins    TEXT NOT NULL,              -- JSON
  bibliography TEXT NOT NULL,            -- JSON: the reference list
  UNIQUE (source, version)
);
CREATE INDEX IF NOT EXISTS versions_by_version ON versions (version);

CREATE TABLE IF NOT EXISTS former_records (
  source TEXT NOT NULL, version TEXT NOT NULL, record TEXT NOT NULL, until TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS retired (
  number INTEGER NOT NULL, by INTEGER NOT NULL   -- left retrieval through the change numbered "by"
);
CREATE INDEX IF NOT EXISTS retired_by ON retired (by);

CREATE TABLE IF NOT EXISTS sections (
  number INTEGER NOT NULL, position INTEGER NOT NULL,
  path TEXT NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  PRIMARY KEY (number, position)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS passages (
  number INTEGER NOT NULL, position INTEGER NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, section INTEGER NOT NULL,
  form INTEGER NOT NULL, mark INTEGER NOT NULL, language TEXT NOT NULL, lead INTEGER NOT NULL,
  PRIMARY KEY (number, position)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS identifiers (
  identifier TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (identifier, source)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notices (
  about TEXT NOT NULL, kind TEXT NOT NULL, date TEXT NOT NULL, by TEXT NOT NULL,
  source TEXT NOT NULL,                  -- the source that carries the notice
  PRIMARY KEY (about, kind, date, by, source)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS decisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL, date TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decisions_by_source ON decisions (source);

CREATE TABLE IF NOT EXISTS files (
  key TEXT PRIMARY KEY, works INTEGER NOT NULL   -- files wholly taken in
) WITHOUT ROWID;
