use crate::arguments::{Check, CheckFormat};
use crate::failure::Failure;
use crate::files::Grouping;
use crate::pipeline::{self, Checkup, Way};
use crate::{CLEAN, FAILED, FOUND, accept, annotate, output, terminal};
use gouji_check::Options;
use gouji_explain::{Checked, render_html, render_json, render_sarif, render_text, render_workbook};
use gouji_model::{Lang, Level};

/// `gouji check`: the findings of every report in the form asked for.
pub fn run(options: &Check, lang: Lang) -> anyhow::Result<u8> {
    if options.format == CheckFormat::Xlsx && options.output.is_none() {
        return Err(Failure::NeedsOutput.into());
    }
    let acceptances = options.accept.as_deref().map(accept::load).transpose()?.unwrap_or_default();
    let way = Way {
        given: &options.files,
        grouping: Grouping::from_option(options.as_one),
        forms: options.forms.as_deref(),
        prior: &options.prior,
        options: Options { preview: options.preview },
    };
    let mut checkups = pipeline::run(&way, lang)?;
    accept::apply(&acceptances, &mut checkups);
    let all_unreadable = checkups.iter().all(Checkup::is_unreadable);
    // What could not be read was said on stderr; only a program still wants its report object.
    let for_programs = matches!(options.format, CheckFormat::Json | CheckFormat::Sarif);
    if !all_unreadable || for_programs {
        let views: Vec<Checked> = checkups.iter().map(Checkup::view).collect();
        output::write(options.output.as_deref(), &drawn(&views, options, lang)?)?;
    }
    if let Some(target) = options.annotate.as_deref().filter(|_| !all_unreadable) {
        annotate::write(target, &checkups, lang)?;
    }
    Ok(exit_code(&checkups, options.fail_on.level()))
}

fn drawn(views: &[Checked<'_>], options: &Check, lang: Lang) -> anyhow::Result<Vec<u8>> {
    Ok(match options.format {
        CheckFormat::Text => {
            let mut style = terminal::style(lang, options.width, options.color);
            if options.output.is_some() && options.color == crate::arguments::Color::Auto {
                style.colour = gouji_explain::Colour::Plain;
            }
            render_text(views, &style).into_bytes()
        }
        CheckFormat::Json => render_json(views, lang).into_bytes(),
        CheckFormat::Sarif => render_sarif(views, lang).into_bytes(),
        CheckFormat::Html => render_html(views, lang).into_bytes(),
        CheckFormat::Xlsx => render_workbook(views, lang)?,
    })
}

/// A report that could not be read weighs more than any finding: what was not looked at is not clean.
fn exit_code(checkups: &[Checkup], level: Level) -> u8 {
    let found = |checkup: &Checkup| {
        let open = checkup.report.findings.iter().filter(|finding| finding.accepted.is_none());
        open.into_iter().any(|finding| finding.level >= level) || level <= Level::Warning && !checkup.stale.is_empty()
    };
    if checkups.iter().any(Checkup::is_unreadable) {
        FAILED
    } else if checkups.iter().any(found) {
        FOUND
    } else {
        CLEAN
    }
}
