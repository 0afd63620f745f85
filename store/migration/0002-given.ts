// What the user gave beside mail, who applies patches, and where else a mail was found.
// docs/data-model.md explains every table.
export const given = `
-- Text of a .mailmap, MAINTAINERS or roles.toml that the user named; analysis uses it from then on.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Mails whose sender says there that they applied a patch.
CREATE TABLE applier (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  address TEXT NOT NULL
) STRICT;

-- Places beside posting.origin that brought the same mail to the list: it stays when one of them drops it.
CREATE TABLE elsewhere (
  list INTEGER NOT NULL,
  message INTEGER NOT NULL,
  origin INTEGER NOT NULL REFERENCES origin (id),
  PRIMARY KEY (list, message, origin),
  FOREIGN KEY (list, message) REFERENCES posting (list, message) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`;
