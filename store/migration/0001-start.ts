// First version of the database: lists, mails, their appearance on lists, sources, threads, debates, search.
// docs/data-model.md explains every table.
export const start = `
CREATE TABLE list (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Message-IDs, each written once: those of stored mails and those that References name.
CREATE TABLE message_id (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- One row per Message-ID and content. What lists and threads need, kept small; text and raw bytes are in block.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES message_id (id),
  content_hash BLOB NOT NULL,
  time INTEGER NOT NULL,
  subject TEXT NOT NULL,
  from_name TEXT NOT NULL,
  from_address TEXT NOT NULL,
  -- Numbers of message_id rows: how many In-Reply-To ids, these, then References (store/id-table.ts).
  refs BLOB NOT NULL,
  defects INTEGER NOT NULL,
  -- Where the mail is (store/block-table.ts).
  block INTEGER NOT NULL,
  start INTEGER NOT NULL,
  size INTEGER NOT NULL,
  UNIQUE (message_id, content_hash)
) STRICT;
CREATE INDEX message_defects ON message (time) WHERE defects > 0;

-- Decoded messages with their raw bytes, several to a compressed block (store/pack.ts).
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- Raw bytes of a large mail, compressed, apart, so that reading texts does not unpack attachments.
CREATE TABLE large (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  list INTEGER NOT NULL REFERENCES list (id),
  kind TEXT NOT NULL,
  last_sync INTEGER NOT NULL,
  UNIQUE (name, list)
) STRICT;

CREATE TABLE cursor (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  cursor TEXT NOT NULL,
  PRIMARY KEY (source, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES list (id),
  source TEXT NOT NULL,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  file TEXT,
  offset INTEGER,
  UNIQUE (list, source, at, code)
) STRICT;

CREATE TABLE debate (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES list (id),
  root TEXT NOT NULL,
  subject TEXT NOT NULL,
  content_key TEXT NOT NULL,
  report_key TEXT NOT NULL,
  messages INTEGER NOT NULL,
  people INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  status TEXT,
  basis TEXT,
  open_questions INTEGER NOT NULL,
  decisions INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  temperature TEXT,
  failure TEXT,
  UNIQUE (list, root)
) STRICT;
CREATE INDEX debate_time ON debate (last_time);
CREATE INDEX debate_list_time ON debate (list, last_time);

-- Compressed JSON: the debate's form (threads, joins, tree) and its report.
CREATE TABLE debate_text (
  debate INTEGER PRIMARY KEY REFERENCES debate (id) ON DELETE CASCADE,
  shape BLOB NOT NULL,
  report BLOB
) STRICT;

-- Names of the places mails were read from (a file, an epoch), said once.
CREATE TABLE origin (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- A message's appearance on a list.
CREATE TABLE posting (
  list INTEGER NOT NULL REFERENCES list (id),
  message INTEGER NOT NULL REFERENCES message (id),
  -- 1 for the variant of its Message-ID that this list shows.
  shown INTEGER NOT NULL,
  dirty INTEGER NOT NULL,
  -- Thread id: a Message-ID.
  thread INTEGER REFERENCES message_id (id),
  debate INTEGER REFERENCES debate (id) ON DELETE SET NULL,
  origin INTEGER NOT NULL REFERENCES origin (id),
  -- Byte offset, or git object id as bytes, or any other text.
  at ANY NOT NULL,
  PRIMARY KEY (list, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_message ON posting (message);
CREATE INDEX posting_debate ON posting (debate) WHERE debate IS NOT NULL;
CREATE INDEX posting_thread ON posting (thread) WHERE thread IS NOT NULL;
CREATE INDEX posting_dirty ON posting (list) WHERE dirty = 1;

-- Who writes; believed only while the lock beside the database is held.
CREATE TABLE writer (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pid INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT;

-- rowid = message.id. The text itself is in mail; snippets are cut from it.
CREATE VIRTUAL TABLE search USING fts5 (
  own, quoted, subject, people,
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(4.0, 1.0, 8.0, 2.0)');
-- Fewer, larger segments while loading: a transaction's text is written at once, and merged in sixteens.
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
INSERT INTO search (search, rank) VALUES ('automerge', 16);
`;
