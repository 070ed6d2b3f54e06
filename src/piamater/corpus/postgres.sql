-- The corpus in PostgreSQL, in a schema of its own. As schema.sql, but for: texts as bytes in
-- UTF-8 (a text column refuses U+0000), passages also counted in bytes, names compared by code
-- point in any locale, and one row of state that every writer changes first.

CREATE TABLE state (
  one    BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one),
  layout INTEGER NOT NULL,               -- version of this layout
  id     TEXT NOT NULL,                  -- tells this store from any other
  writes BIGINT NOT NULL,                -- grows with every call that writes
  restored BOOLEAN NOT NULL DEFAULT FALSE   -- filled from a copy, and not yet opened by a library
);

CREATE TABLE texts (
  version TEXT COLLATE "C" PRIMARY KEY,  -- SHA-256 of the text
  text    BYTEA NOT NULL                 -- UTF-8
);
-- Kept as it is, not compressed: a passage is then read without the text around it.
ALTER TABLE texts ALTER COLUMN text SET STORAGE EXTERNAL;

CREATE TABLE sources (
  id       TEXT COLLATE "C" PRIMARY KEY,
  location TEXT COLLATE "C" NOT NULL,    -- where its first original stood
  current  BIGINT NOT NULL,              -- versions.number
  seal TEXT NOT NULL
);
CREATE INDEX sources_by_location ON sources USING hash (location);

CREATE TABLE versions (
  number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source     TEXT COLLATE "C" NOT NULL,
  version    TEXT COLLATE "C" NOT NULL,
  record     TEXT NOT NULL,              -- JSON
  shape      TEXT NOT NULL,              -- hash of sections, passages and references
  languages  TEXT NOT NULL,
  added      TEXT NOT NULL,
  original   TEXT NOT NULL,              -- SHA-256 of the file
  name       TEXT NOT NULL,
  origins    TEXT NOT NULL,              -- JSON
  bibliography TEXT NOT NULL,            -- JSON: the reference list
  seal TEXT NOT NULL,
  UNIQUE (source, version)
);
CREATE INDEX versions_by_version ON versions (version);

CREATE TABLE former_records (
  source TEXT NOT NULL, version TEXT NOT NULL, record TEXT NOT NULL, until TEXT NOT NULL,
  seal TEXT NOT NULL
);

CREATE TABLE retired (
  number BIGINT NOT NULL, by BIGINT NOT NULL,   -- left retrieval through the change numbered "by"
  seal TEXT NOT NULL
);
CREATE INDEX retired_by ON retired (by);

CREATE TABLE sections (
  number BIGINT NOT NULL, position INTEGER NOT NULL,
  path TEXT NOT NULL, level INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  PRIMARY KEY (number, position)
);

CREATE TABLE passages (
  number BIGINT NOT NULL, position INTEGER NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, section INTEGER NOT NULL,
  form INTEGER NOT NULL, mark INTEGER NOT NULL, language TEXT NOT NULL, lead INTEGER NOT NULL,
  first_byte INTEGER NOT NULL, bytes INTEGER NOT NULL,   -- the same place in texts.text
  PRIMARY KEY (number, position)
);

CREATE TABLE identifiers (
  identifier TEXT COLLATE "C" NOT NULL, source TEXT COLLATE "C" NOT NULL,
  seal TEXT NOT NULL,
  PRIMARY KEY (identifier, source)
);

CREATE TABLE notices (
  about TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, date TEXT COLLATE "C" NOT NULL,
  by TEXT COLLATE "C" NOT NULL,
  source TEXT COLLATE "C" NOT NULL,      -- the source that carries the notice
  seal TEXT NOT NULL,
  PRIMARY KEY (about, kind, date, by, source)
);

CREATE TABLE decisions (
  number BIGINT PRIMARY KEY,             -- without a gap
  source TEXT COLLATE "C" NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL,
  date TEXT NOT NULL, seal TEXT NOT NULL
);
CREATE INDEX decisions_by_source ON decisions (source);

CREATE TABLE files (
  key TEXT COLLATE "C" PRIMARY KEY, works INTEGER NOT NULL,   -- files wholly taken in
  seal TEXT NOT NULL
);
