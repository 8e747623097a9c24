use crate::arguments::{Read, ReadFormat};
use crate::files::Grouping;
use crate::pipeline::{self, Checkup, Way};
use crate::{CLEAN, FAILED, output};
use gouji_explain::{Checked, statement_csv, statement_json};
use gouji_model::Lang;

/// `gouji read`: every fact and claim with coordinates and place, and what stayed unbound.
pub fn run(options: &Read, lang: Lang) -> anyhow::Result<u8> {
    let grouping = Grouping::from_option(options.as_one);
    let way = Way::plain(&options.files, grouping, options.forms.as_deref());
    let checkups = pipeline::run(&way, lang)?;
    let views: Vec<Checked> = checkups.iter().map(Checkup::view).collect();
    let text = match options.format {
        ReadFormat::Json => statement_json(&views, lang),
        ReadFormat::Csv => statement_csv(&views, lang),
    };
    output::write(options.output.as_deref(), text.as_bytes())?;
    Ok(if checkups.iter().any(Checkup::is_unreadable) { FAILED } else { CLEAN })
}
