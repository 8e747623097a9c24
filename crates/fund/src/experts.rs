//! Experts who judge applications: who may not, who judges what, by which draw, and what their scores say.

mod assignment;
mod conflicts;
mod draw;
mod scores;

pub use assignment::{Assignment, Judging, Shortage, assign};
pub use conflicts::{Applicant, Conflict, ConflictRule, Employment, Expert, JointWork, Relation, conflicts};
pub use draw::drawn;
pub use scores::{Ratio, ScoreNote, Scores};
