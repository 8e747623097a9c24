//! What was done, by whom, when and why: a list that only grows.

use super::{Action, Facts, Guard, Move, Role, Standing, State, Table};
use crate::Day;
use gouji_model::Lang;
use sha2::{Digest, Sha256};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The move.
    pub action: Action,
    /// In which role.
    pub role: Role,
    /// Who: the name or number of a person.
    pub person: String,
    /// When.
    pub day: Day,
    /// Why; of an objection what it says, of an answer the answer.
    pub reason: String,
    /// Where the application stood then.
    pub to: State,
    /// What was frozen, as a hash; empty where nothing had to be.
    pub version: String,
    /// SHA-256 of this event with the hash before it, in lower-case hex.
    pub hash: String,
}

/// The life of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The application.
    pub application: String,
    events: Vec<Event>,
}

/// Why a move was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The table has no such move here.
    NoSuchMove {
        /// Where the application stands.
        state: State,
        /// What was tried.
        action: Action,
        /// What is possible, and by whom.
        possible: Vec<(Action, Role)>,
    },
    /// Somebody else does this.
    WrongRole {
        /// What was tried.
        action: Action,
        /// Who may.
        may: Role,
    },
    /// Something is missing.
    Missing {
        /// What was tried.
        action: Action,
        /// What is missing.
        guards: Vec<Guard>,
        /// The first day on which the publicity is over, if that is what is missing.
        over_on: Option<Day>,
    },
    /// Events come in the order of their days.
    EarlierThanLast {
        /// The day of the last event.
        last: Day,
    },
}

/// The first event, from 1, that is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tampered(pub usize);

impl Record {
    /// A draft without events.
    pub fn new(application: &str) -> Record {
        Record { application: application.to_owned(), events: Vec::new() }
    }

    /// A record as it was stored; an error names the first event that was changed.
    pub fn from_events(application: &str, events: Vec<Event>) -> Result<Record, Tampered> {
        let record = Record { application: application.to_owned(), events };
        record.verify().map(|()| record)
    }

    /// Where the application stands.
    pub fn state(&self) -> State {
        self.events.last().map_or(State::Draft, |event| event.to)
    }

    /// Every event, the first first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The hash of the last event; of the application's name alone before the first.
    pub fn head(&self) -> String {
        self.events.last().map_or_else(|| hex(self.application.as_bytes()), |event| event.hash.clone())
    }

    /// Objections that nobody answered yet.
    pub fn open_objections(&self) -> usize {
        let count = |action: Action| self.events.iter().filter(|event| event.action == action).count();
        count(Action::Object) - count(Action::Answer).min(count(Action::Object))
    }

    /// Adds an event if the table allows it; its `to`, `version` and `hash` are worked out here.
    pub fn act(&mut self, table: &Table, act: Act, facts: &Facts) -> Result<State, Refused> {
        let step = self.allowed(table, &act, facts)?;
        let is_about = |guard: &Guard| matches!(guard, Guard::VersionFrozen | Guard::SameAsPublished);
        let needs_version = step.guards.iter().any(is_about);
        let version = if needs_version { facts.version.clone() } else { String::new() };
        let Act { action, role, person, day, reason } = act;
        let mut event = Event { action, role, person, day, reason, to: step.to, version, hash: String::new() };
        event.hash = event.hashed(&self.head());
        self.events.push(event);
        Ok(step.to)
    }

    fn allowed(&self, table: &Table, act: &Act, facts: &Facts) -> Result<Move, Refused> {
        let (state, action) = (self.state(), act.action);
        if let Some(last) = self.events.last().map(|event| event.day).filter(|last| act.day < *last) {
            return Err(Refused::EarlierThanLast { last });
        }
        let here = table.moves.iter().filter(|step| step.from == state);
        let mut same = here.clone().filter(|step| step.action == action);
        let Some(step) = same.clone().find(|step| step.role == act.role) else {
            return Err(match same.next() {
                Some(other) => Refused::WrongRole { action, may: other.role },
                None => {
                    let possible = here.map(|step| (step.action, step.role)).collect();
                    Refused::NoSuchMove { state, action, possible }
                }
            });
        };
        let guards: Vec<Guard> = step.guards.iter().copied().filter(|guard| !self.holds(*guard, act, facts)).collect();
        let over_on = guards.iter().find_map(|guard| self.over_on(*guard, facts)).filter(|over| act.day < *over);
        if guards.is_empty() { Ok(*step) } else { Err(Refused::Missing { action, guards, over_on }) }
    }

    fn over_on(&self, guard: Guard, facts: &Facts) -> Option<Day> {
        let Guard::PublicityOver(days) = guard else { return None };
        let published = self.events.iter().rev().find(|event| event.action == Action::Publish)?;
        Some(days.over_on(published.day, &facts.calendar))
    }

    fn holds(&self, guard: Guard, act: &Act, facts: &Facts) -> bool {
        match guard {
            Guard::PublicityOver(_) => {
                self.over_on(guard, facts).is_some_and(|over| act.day >= over) && self.open_objections() == 0
            }
            Guard::BudgetReserved => facts.budget == Standing::Done,
            Guard::ContractSigned => facts.contract != Standing::Missing,
            Guard::AccountConfirmed => facts.account == Standing::Done,
            Guard::OtherThanJudge => {
                !self.events.iter().any(|event| event.role == Role::Judge && event.person == act.person)
            }
            Guard::ObjectionsAnswered => self.open_objections() == 0,
            Guard::ObjectionOpen => self.open_objections() > 0,
            Guard::ReasonGiven => !act.reason.trim().is_empty(),
            Guard::VersionFrozen => facts.version.len() == 64,
            Guard::SameAsPublished => {
                let published = self.events.iter().rev().find(|event| event.action == Action::Publish);
                published.is_some_and(|event| event.version == facts.version)
            }
        }
    }

    /// Works every hash out again.
    pub fn verify(&self) -> Result<(), Tampered> {
        let mut before = hex(self.application.as_bytes());
        for (index, event) in self.events.iter().enumerate() {
            if event.hashed(&before) != event.hash {
                return Err(Tampered(index + 1));
            }
            before.clone_from(&event.hash);
        }
        Ok(())
    }
}

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub action: Action,
    /// In which role.
    pub role: Role,
    /// Who.
    pub person: String,
    /// When.
    pub day: Day,
    /// Why.
    pub reason: String,
}

impl Event {
    /// Every field with its length, so that no two events give one text.
    fn hashed(&self, before: &str) -> String {
        let day = self.day.to_string();
        let words = [self.action.name(Lang::En), self.role.name(Lang::En), self.to.name(Lang::En)];
        let fields = [before, words[0], words[1], words[2], &self.person, &day, &self.reason, &self.version];
        frozen(&fields)
    }
}

/// SHA-256 of texts, each with its length, in lower-case hex: the rules as they were read, the application, the decision.
pub fn frozen(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part}\n", part.len())).collect();
    hex(text.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
