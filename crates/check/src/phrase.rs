//! Small pieces of sentences that the rules share.

use gouji_model::{Check, Lang, Outcome, Printed, Role, Term, Unit, Wording};

/// A wording in the language asked for; each triple is message, why, cure.
pub(crate) fn wording(lang: Lang, zh: [String; 3], en: [String; 3]) -> Wording {
    let [message, why, cure] = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Wording { message, why, cure }
}

/// The first operand of a role.
pub(crate) fn term(check: &Check, role: Role) -> Option<&Term> {
    check.terms.iter().find(|term| term.role == role)
}

/// The label of the first operand of a role, shortened.
pub(crate) fn label(check: &Check, role: Role) -> String {
    term(check, role).map(|term| short(&term.label)).unwrap_or_default()
}

/// The figure of the first operand of a role with its unit.
pub(crate) fn figure(check: &Check, role: Role) -> String {
    term(check, role).and_then(|term| term.figure).map(|figure| with_unit(&figure)).unwrap_or_default()
}

/// A figure with its unit.
pub(crate) fn with_unit(figure: &Printed) -> String {
    match figure.unit() {
        Unit::Count => figure.to_string(),
        Unit::Percent => format!("{figure}%"),
        unit => format!("{figure} {}", unit.word()),
    }
}

/// The difference without its sign and without a unit.
pub(crate) fn difference(check: &Check) -> String {
    match &check.outcome {
        Outcome::Broken { difference: Some(difference) } => difference.to_string().trim_start_matches('-').to_string(),
        _ => String::new(),
    }
}

/// The figures of all operands of a role, joined.
pub(crate) fn figures(check: &Check, role: Role, joint: &str) -> String {
    let of_role = check.terms.iter().filter(|term| term.role == role).filter_map(|term| term.figure);
    let nonzero: Vec<String> = of_role.filter(|figure| !figure.is_zero()).map(|figure| figure.to_string()).collect();
    let count = nonzero.len();
    if count > 6 {
        return format!("{}{joint}…{joint}{}", nonzero[..3].join(joint), nonzero[count - 1]);
    }
    if nonzero.is_empty() { "0".into() } else { nonzero.join(joint) }
}

/// At most 28 characters of a label; its end, where the nearest words stand.
pub(crate) fn short(label: &str) -> String {
    let count = label.chars().count();
    if count <= 36 { label.into() } else { format!("…{}", label.chars().skip(count - 35).collect::<String>()) }
}

/// What would be right.
pub(crate) fn expected(check: &Check) -> &str {
    check.expected.as_deref().unwrap_or("")
}

/// A word the rule kept for its message.
pub(crate) fn word(check: &Check, at: usize) -> &str {
    check.words.get(at).map_or("", String::as_str)
}
