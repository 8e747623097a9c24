//! What the terminal can do.

use crate::arguments::Color;
use gouji_explain::{Colour, TextStyle};
use gouji_model::Lang;
use std::io::IsTerminal;

/// Columns where there is no terminal to ask.
const USUAL_WIDTH: u16 = 100;
/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: u16 = 120;

/// How text is drawn on stdout.
pub fn style(lang: Lang, width: Option<u16>, color: Color) -> TextStyle {
    let columns = width.unwrap_or_else(|| match terminal_size::terminal_size_of(std::io::stdout()) {
        Some((columns, _)) => columns.0.clamp(40, WIDEST),
        None => USUAL_WIDTH,
    });
    let colour = match color {
        Color::Always => Colour::Ansi,
        Color::Never => Colour::Plain,
        Color::Auto if wants_colour() => Colour::Ansi,
        Color::Auto => Colour::Plain,
    };
    TextStyle { lang, width: columns.into(), colour }
}

/// A terminal that can show colours, whose owner did not forbid them.
fn wants_colour() -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    std::io::stdout().is_terminal() && !forbidden && !dumb
}
