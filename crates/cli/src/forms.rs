use crate::failure::Failure;
use crate::files::entries;
use gouji_understand::Forms;
use std::path::Path;

/// The forms that come with Gouji, and the user's own where a folder is given.
pub fn load(folder: Option<&Path>) -> Result<Forms, Failure> {
    let mut forms = Forms::standard();
    let Some(folder) = folder else { return Ok(forms) };
    if !folder.is_dir() {
        return Err(Failure::Missing(folder.display().to_string()));
    }
    let mut texts = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::Unreadable(shown.clone(), error))?;
        texts.push((shown, text));
    }
    forms.extend(&texts).map_err(|faults| {
        Failure::Faults(faults.into_iter().map(|fault| (fault.path, fault.line, fault.message)).collect())
    })?;
    Ok(forms)
}
