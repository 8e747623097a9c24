//! Texts with gaps: `比{last-year}年{change measure=revenue}`.
//!
//! A template may hold no digit of its own: every figure that is printed comes out of the books.

use gouji_model::Facets;

/// A text with gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template(pub(crate) Vec<Piece>);

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words as they are.
    Words(String),
    /// The budget year.
    Year,
    /// The year before it.
    LastYear,
    /// The department by its full name.
    Name,
    /// What the narrative calls the department, or the unit spoken of.
    Short,
    /// The name of what is spoken of: a class, a line.
    Label,
    /// The place of what is spoken of in its list: 一, 二 …
    Ordinal,
    /// The number of a table of this kind.
    Table(String),
    /// A constant of the form.
    Word(String),
    /// A free text of the books.
    Text(String),
    /// An amount of this year with its unit.
    Amount(Facets),
    /// An amount of last year with its unit.
    Before(Facets),
    /// 比…增加…，增长…% or 与…持平.
    Change(Facets),
    /// The same without the rate; 与…相比无增减 where nothing changes.
    Delta(Facets),
    /// `，占…%`: the share of the one in the other; nothing where there is none.
    Share(Facets, Facets),
    /// How many.
    Count(Facets),
    /// How many budget units there are.
    UnitCount,
    /// Their names.
    UnitNames,
    /// How many vehicles the offices have; those of institutions.
    Vehicles(bool),
    /// How many projects are in this table, by its standing.
    ProjectCount(String),
    /// The names of the key projects: `一是…；二是…`.
    ProjectNames,
    /// Classes of economic codes with their amounts, parted by 、.
    Economics(Facets),
    /// Reasons of the change, with what they leave unexplained.
    Reasons(Facets),
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TemplateFault(pub String);

impl Template {
    /// It says nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// It says how much an amount has changed.
    pub(crate) fn tells_change(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Change(_) | Piece::Delta(_)))
    }

    /// Reads a template.
    pub(crate) fn parse(text: &str) -> Result<Template, TemplateFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            words(&rest[..start], &mut pieces, text)?;
            let end =
                rest[start..].find('}').ok_or_else(|| TemplateFault(format!("`{text}`: a `{{` is not closed")))?;
            pieces.push(piece(&rest[start + 1..start + end], text)?);
            rest = &rest[start + end + 1..];
        }
        words(rest, &mut pieces, text)?;
        Ok(Template(pieces))
    }
}

fn words(plain: &str, pieces: &mut Vec<Piece>, whole: &str) -> Result<(), TemplateFault> {
    if plain.chars().any(is_digit) {
        return Err(TemplateFault(format!("`{whole}`: a digit stands in the phrase; figures come from the books")));
    }
    if !plain.is_empty() {
        pieces.push(Piece::Words(plain.to_owned()));
    }
    Ok(())
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || ('０'..='９').contains(&letter)
}

fn piece(text: &str, whole: &str) -> Result<Piece, TemplateFault> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let facets = |text: &str| Facets::parse(text).map_err(|error| TemplateFault(format!("`{whole}`: {error}")));
    Ok(match word {
        "year" => Piece::Year,
        "last-year" => Piece::LastYear,
        "name" => Piece::Name,
        "short" => Piece::Short,
        "label" => Piece::Label,
        "ordinal" => Piece::Ordinal,
        "table" => Piece::Table(rest.to_owned()),
        "word" => Piece::Word(rest.to_owned()),
        "text" => Piece::Text(rest.to_owned()),
        "amount" => Piece::Amount(facets(rest)?),
        "before" => Piece::Before(facets(rest)?),
        "change" => Piece::Change(facets(rest)?),
        "delta" => Piece::Delta(facets(rest)?),
        "share" => {
            let (part, of) = rest.split_once(" of ").unwrap_or((rest, ""));
            Piece::Share(facets(part)?, facets(of)?)
        }
        "count" => Piece::Count(facets(rest)?),
        "unit-count" => Piece::UnitCount,
        "unit-names" => Piece::UnitNames,
        "office-vehicles" => Piece::Vehicles(true),
        "institution-vehicles" => Piece::Vehicles(false),
        "project-count" => Piece::ProjectCount(rest.to_owned()),
        "project-names" => Piece::ProjectNames,
        "economics" => Piece::Economics(facets(rest)?),
        "reasons" => Piece::Reasons(facets(rest)?),
        other => return Err(TemplateFault(format!("`{whole}`: there is no gap `{{{other}}}`"))),
    })
}
