//! What was done with one application, by whom, when and why: a list that only grows.

use super::{Action, Days, Facts, Guard, Move, Outcome, Role, State, Table, Verdict};
use crate::Day;
use crate::ledger::Moment;
use gouji_model::Fen;

/// The life of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The application.
    pub application: String,
    /// Where it stood before the first event.
    intake: State,
    events: Vec<Event>,
}

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
    pub time: Moment,
    /// Why; of an objection what it says, of an answer the answer.
    pub reason: String,
    /// Where the application stood before.
    pub from: State,
    /// Where it stood then.
    pub to: State,
    /// Of a decision, what was decided.
    pub verdict: Option<Verdict>,
    /// Of a decision the award, of a payment what was paid, else what was decided on when something was frozen.
    pub amount: Option<Fen>,
    /// What was frozen, as a hash; empty where nothing had to be.
    pub version: String,
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
    pub time: Moment,
    /// Why.
    pub reason: String,
    /// Of a decision, what is decided.
    pub verdict: Option<Verdict>,
    /// Of a decision the award, of a payment what is paid.
    pub amount: Option<Fen>,
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
        /// What is missing; never empty.
        lacks: Vec<Lack>,
    },
    /// Events come in the order of their days.
    EarlierThanLast {
        /// The day of the last event.
        last: Day,
    },
    /// A name is empty; a name or a reason is longer than 1,000 characters or has control characters.
    Text,
}

/// What is missing before a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// What the guard asks for.
    Of(Guard),
    /// The publication goes on.
    Publicity {
        /// How long it is in all.
        days: Days,
        /// How many days are left.
        left: u32,
        /// Its last day.
        last: Day,
    },
    /// The ledger holds another amount than what was decided.
    Money {
        /// What was decided.
        decided: Fen,
        /// What is held.
        held: Fen,
    },
    /// This person judged the application.
    Judged(String),
    /// The decision is another one, or none.
    Outcome(Outcome),
}

impl Record {
    /// A record without events, of an application that stands where applications come in.
    pub fn new(application: &str, intake: State) -> Record {
        Record { application: application.to_owned(), intake, events: Vec::new() }
    }

    /// Where the application stands.
    pub fn state(&self) -> State {
        self.events.last().map_or(self.intake, |event| event.to)
    }

    /// Every event, the first first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The last event of an action.
    pub fn last(&self, action: Action) -> Option<&Event> {
        self.events.iter().rev().find(|event| event.action == action)
    }

    /// Objections that nobody answered yet.
    pub fn open_objections(&self) -> usize {
        let count = |action: Action| self.events.iter().filter(|event| event.action == action).count();
        count(Action::Object).saturating_sub(count(Action::Answer))
    }

    /// What was approved, once it is and while nothing was published anew: it stands, whatever registers say later.
    pub fn approved(&self) -> Option<&Event> {
        let last = self.events.iter().rev().find(|event| matches!(event.action, Action::Publish | Action::Approve))?;
        (last.action == Action::Approve).then_some(last)
    }

    /// What stands published: the version of the last publication or approval, until the application goes back to be
    /// judged again or ends without an award. Lists may say nothing else meanwhile.
    pub fn published(&self) -> Option<&Event> {
        use State::{Approved, Concluded, Issued, Objected, Paid, PartlyPaid, Published, Recovered, Running, Stopped};
        let stands = matches!(
            self.state(),
            Published | Objected | Approved | Issued | PartlyPaid | Paid | Running | Concluded | Stopped | Recovered
        );
        let is_one = |event: &&Event| matches!(event.action, Action::Publish | Action::Approve);
        self.events.iter().rev().find(is_one).filter(|_| stands)
    }

    /// Adds an event that was allowed when it was made; false when it does not go on from where the record stands.
    pub fn push(&mut self, event: Event) -> bool {
        let goes_on = event.from == self.state();
        self.events.push(event);
        goes_on
    }

    /// The last event, when an act asks for the same again: its time may differ, as that of a repeated request does.
    pub fn repeated(&self, act: &Act, facts: &Facts) -> Option<&Event> {
        let last = self.events.last()?;
        let is_same =
            (last.action, last.role, &last.person, &last.reason) == (act.action, act.role, &act.person, &act.reason);
        // The same words on other facts are another decision.
        let is_same_decision = act.verdict.is_none()
            || (last.verdict, last.amount, &last.version) == (act.verdict, act.amount, &facts.version);
        (is_same && is_same_decision).then_some(last)
    }

    /// Adds an event if the table allows it; its `from`, `to`, `version` and, unless the act says one, `amount` are
    /// worked out here.
    pub fn act(&mut self, table: &Table, act: Act, facts: &Facts) -> Result<&Event, Refused> {
        let step = self.allowed(table, &act, facts)?;
        let needs_version =
            step.guards.iter().any(|guard| matches!(guard, Guard::VersionFrozen | Guard::SameAsPublished));
        let (version, decided) = match needs_version {
            true => (self.version(facts).to_owned(), self.decided(facts)),
            false => (String::new(), None),
        };
        let Act { action, role, person, time, reason, verdict, amount } = act;
        let (from, to, amount) = (step.from, step.to, amount.or(decided));
        self.events.push(Event { action, role, person, time, reason, from, to, verdict, amount, version });
        Ok(self.events.last().expect("an event was added"))
    }

    /// What is possible next, and by whom, whether or not everything it needs is there.
    pub fn possible<'t>(&self, table: &'t Table) -> impl Iterator<Item = &'t Move> {
        let state = self.state();
        table.moves.iter().filter(move |step| step.from == state)
    }

    fn allowed<'t>(&self, table: &'t Table, act: &Act, facts: &Facts) -> Result<&'t Move, Refused> {
        let is_clean = |text: &str| text.chars().count() <= 1_000 && !text.chars().any(char::is_control);
        if spelled(&act.person).is_empty() || !is_clean(&act.person) || !is_clean(&act.reason) {
            return Err(Refused::Text);
        }
        let (state, action) = (self.state(), act.action);
        let last = self.events.last().and_then(|event| event.time.day());
        if let Some(last) = last.filter(|last| act.time.day().is_none_or(|day| day < *last)) {
            return Err(Refused::EarlierThanLast { last });
        }
        let mut same = self.possible(table).filter(|step| step.action == action).peekable();
        let Some(first) = same.peek().copied() else {
            let possible = self.possible(table).map(|step| (step.action, step.role)).collect();
            return Err(Refused::NoSuchMove { state, action, possible });
        };
        let Some(step) = same.find(|step| step.role == act.role) else {
            return Err(Refused::WrongRole { action, may: first.role });
        };
        let lacks: Vec<Lack> = step.guards.iter().filter_map(|guard| self.lack(*guard, table, act, facts)).collect();
        if lacks.is_empty() { Ok(step) } else { Err(Refused::Missing { action, lacks }) }
    }

    /// What stands: what was approved, else what is decided now.
    fn version<'f>(&'f self, facts: &'f Facts) -> &'f str {
        self.approved().map_or(&facts.version, |event| &event.version)
    }

    /// The amount that stands.
    fn decided(&self, facts: &Facts) -> Option<Fen> {
        self.approved().map_or(facts.outcome.amount(), |event| event.amount)
    }

    /// What a guard finds missing; `None` where it is content.
    fn lack(&self, guard: Guard, table: &Table, act: &Act, facts: &Facts) -> Option<Lack> {
        let unless = |holds: bool| (!holds).then_some(Lack::Of(guard));
        let did = |action: Action| self.events.iter().any(|event| event.action == action);
        match guard {
            Guard::PublicityOver => self.publicity_left(table, act),
            Guard::BudgetReserved => match self.decided(facts) {
                Some(decided) => {
                    // Once approved, a part may have been given back to the line; more may never be held.
                    let is_lowered = self.approved().is_some() && facts.held > Fen::new(0) && facts.held < decided;
                    let is_held = facts.held == decided || is_lowered;
                    (!is_held).then_some(Lack::Money { decided, held: facts.held })
                }
                None => Some(Lack::Outcome(facts.outcome)),
            },
            Guard::ContractSigned => unless(!facts.needs_contract || did(Action::SignContract)),
            Guard::AccountConfirmed => unless(did(Action::ConfirmAccount)),
            Guard::OtherThanJudge => {
                let person = spelled(&act.person);
                let is_same = |event: &Event| event.role == Role::Judge && spelled(&event.person) == person;
                self.events.iter().any(is_same).then(|| Lack::Judged(act.person.trim().to_owned()))
            }
            Guard::ObjectionsAnswered => unless(self.open_objections() == 0),
            Guard::ObjectionOpen => unless(self.open_objections() > 0),
            Guard::ReasonGiven => unless(!act.reason.trim().is_empty()),
            Guard::VersionFrozen => unless(self.version(facts).len() == 64),
            Guard::SameAsPublished => {
                let published = self.last(Action::Publish).map(|event| event.version.as_str());
                unless(published == Some(self.version(facts)))
            }
            Guard::DecidedToFund => {
                let is_decided = facts.outcome.amount().is_some_and(|amount| amount > Fen::new(0));
                (!is_decided).then_some(Lack::Outcome(facts.outcome))
            }
            Guard::DecidedNotToFund => {
                let gets_nothing = match facts.outcome {
                    Outcome::Refuse => true,
                    Outcome::Fund(amount) => amount == Fen::new(0),
                    Outcome::Open => false,
                };
                (!gets_nothing).then_some(Lack::Outcome(facts.outcome))
            }
        }
    }

    fn publicity_left(&self, table: &Table, act: &Act) -> Option<Lack> {
        let published = self.last(Action::Publish).and_then(|event| event.time.day());
        let (Some(from), Some(today)) = (published, act.time.day()) else {
            return Some(Lack::Of(Guard::PublicityOver));
        };
        let (days, calendar) = (table.publicity, &table.calendar);
        let last = days.last(from, calendar);
        if today <= last {
            return Some(Lack::Publicity { days, left: days.left(from, today, calendar), last });
        }
        (self.open_objections() > 0).then_some(Lack::Of(Guard::ObjectionsAnswered))
    }
}

/// A name as it is compared: a space, a point or a sign that nobody sees makes no other person.
fn spelled(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
