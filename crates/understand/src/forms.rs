use gouji_model::Lang;

/// The lexicon and the forms known.
#[derive(Clone, Debug, Default)]
pub struct Forms {}

/// A fault in a file of the lexicon or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right, in Chinese and English.
    pub message: [String; 2],
}

impl FormFault {
    /// The fault as a sentence.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.message[0],
            Lang::En => &self.message[1],
        }
    }
}

impl Forms {
    /// The lexicon and the forms that come with Gouji.
    pub fn standard() -> Forms {
        Forms {}
    }

    /// Adds a user's own files, given as path and text; all faults at once.
    pub fn extend(&mut self, _files: &[(String, String)]) -> Result<(), Vec<FormFault>> {
        Ok(())
    }
}
