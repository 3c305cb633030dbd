/**
 * The schema, a step a version; `PRAGMA user_version` counts the steps taken. A step that was released is never
 * edited: a change is a new step.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('granted', 'withdrawn', 'notice-shown', 'erased')),
    vendor TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('use', 'training')),
    notice_id TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('opt-in', 'opt-out')),
    surface TEXT NOT NULL,
    language TEXT NOT NULL,
    actor TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_subject ON ledger (subject);
  CREATE TRIGGER ledger_is_append_only BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END;
  CREATE TRIGGER ledger_keeps_its_rows BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END;

  CREATE TABLE ledger_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;

  CREATE TABLE subjects (
    lookup BLOB PRIMARY KEY,
    key BLOB NOT NULL,
    subject TEXT NOT NULL UNIQUE,
    vendor TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE standings (
    subject TEXT NOT NULL,
    vendor TEXT NOT NULL,
    purpose TEXT NOT NULL,
    event TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (subject, vendor, purpose)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    material_id TEXT NOT NULL,
    vendor TEXT NOT NULL,
    first_served_at INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE turns (
    turn BLOB PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX turns_at ON turns (at);

  CREATE TABLE turn_counts (
    who BLOB NOT NULL,
    bucket INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    PRIMARY KEY (who, bucket)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX turn_counts_bucket ON turn_counts (bucket);
  `,
  // Under the installation's secret: whoever has the file alone cannot make a head that fits.
  'ALTER TABLE ledger_head ADD COLUMN seal BLOB',
  // `lease`: until when somebody is working on the input, in milliseconds since the epoch; 0 where it is done.
  // `told`: by `who` (a pseudonym of the ledger's, or the key of a tenant), the newest time of each kind of decision.
  `
  ALTER TABLE turns RENAME TO inputs;
  ALTER TABLE inputs RENAME COLUMN turn TO input;
  ALTER TABLE inputs ADD COLUMN lease INTEGER NOT NULL DEFAULT 0;

  CREATE TABLE told (
    who TEXT NOT NULL,
    about TEXT NOT NULL,
    did TEXT NOT NULL CHECK (did IN ('gave', 'took', 'chose')),
    clock TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (who, about, did, clock)
  ) STRICT, WITHOUT ROWID;
  `,
  // `seq`: the newest row about a person; `seal`: over all that is believed of them, by the installation's secret. Those
  // of earlier versions are sealed at the next start, after their rows. `written_by`: an earlier dejiren that still runs
  // beside this one would leave people unsealed, and can no more write.
  `
  ALTER TABLE subjects ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE subjects ADD COLUMN seal BLOB;

  CREATE TABLE new_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    seal BLOB,
    written_by INTEGER NOT NULL
  ) STRICT;
  INSERT INTO new_head (one, seq, hash, seal, written_by) SELECT one, seq, hash, seal, 4 FROM ledger_head;
  DROP TABLE ledger_head;
  ALTER TABLE new_head RENAME TO ledger_head;
  `,
];
