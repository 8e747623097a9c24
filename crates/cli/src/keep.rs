//! `gouji new` and `gouji convert`: where books begin, and how they move.

use crate::CLEAN;
use crate::arguments::{Convert, New};
use crate::books::{self, Kept};
use gouji_model::Lang;

/// `gouji new`: books ready to be filled in.
pub fn new(options: &New, lang: Lang) -> anyhow::Result<u8> {
    let kept = if options.workbook { Kept::Workbook } else { Kept::at(&options.output) };
    let blank = gouji_sources::blank(&options.form, options.year);
    books::save(&blank, &options.output, kept, options.force, lang)?;
    Ok(CLEAN)
}

/// `gouji convert`: the same books, kept the other way.
pub fn convert(options: &Convert, lang: Lang) -> anyhow::Result<u8> {
    let loaded = books::load(&options.from, lang)?;
    books::save(&loaded, &options.to, Kept::at(&options.to), options.force, lang)?;
    Ok(CLEAN)
}
