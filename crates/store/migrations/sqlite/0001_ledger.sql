-- The appropriation ledger: lines and awards as they stand, and the log that makes them so. Amounts in fen.
CREATE TABLE line (
    name TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    project TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    paid INTEGER NOT NULL CHECK (paid >= 0),
    recovered INTEGER NOT NULL CHECK (recovered BETWEEN 0 AND paid),
    restored INTEGER NOT NULL CHECK (restored BETWEEN 0 AND recovered),
    closes INTEGER NOT NULL,
    CONSTRAINT line_is_not_over CHECK (amount - reserved - committed - paid + restored >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE award (
    line TEXT NOT NULL REFERENCES line (name),
    name TEXT NOT NULL,
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    paid INTEGER NOT NULL CHECK (paid >= 0),
    recovered INTEGER NOT NULL CHECK (recovered BETWEEN 0 AND paid),
    until INTEGER NOT NULL,
    parts TEXT NOT NULL,
    PRIMARY KEY (line, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    number INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    time INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    line TEXT NOT NULL REFERENCES line (name),
    kind TEXT NOT NULL,
    award TEXT NOT NULL,
    amount INTEGER NOT NULL,
    detail TEXT NOT NULL,
    available INTEGER NOT NULL CHECK (available >= 0),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- A replacing insert deletes without a DELETE trigger, so the key is looked up here too.
CREATE TRIGGER event_is_only_added BEFORE INSERT ON event
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM event)
    OR EXISTS (SELECT 1 FROM event WHERE key = NEW.key)
    OR NEW.previous <> coalesce((SELECT hash FROM event WHERE number = NEW.number - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;

CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TRIGGER line_is_never_deleted BEFORE DELETE ON line
BEGIN SELECT RAISE(ABORT, 'a line is never deleted'); END;
