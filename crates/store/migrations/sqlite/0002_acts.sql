-- What was done with applications: one log for all, each entry with the hash of the one before. Amounts in fen.
CREATE TABLE act (
    number INTEGER NOT NULL PRIMARY KEY,
    application TEXT NOT NULL,
    step INTEGER NOT NULL,
    batch TEXT NOT NULL,
    lifecycle TEXT NOT NULL,
    time INTEGER NOT NULL,
    person TEXT NOT NULL CHECK (length(person) > 0),
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    verdict TEXT NOT NULL,
    amount INTEGER,
    version TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (application, step)
) STRICT;

-- A replacing insert deletes without a DELETE trigger, so the step is looked up here too.
CREATE TRIGGER act_is_only_added BEFORE INSERT ON act
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM act)
    OR NEW.step <> (SELECT coalesce(max(step), 0) + 1 FROM act WHERE application = NEW.application)
    OR NEW.before <> coalesce((SELECT after FROM act WHERE application = NEW.application AND step = NEW.step - 1), NEW.before)
    OR NEW.previous <> coalesce((SELECT hash FROM act WHERE number = NEW.number - 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'an act follows the last one'); END;

CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;

CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;
