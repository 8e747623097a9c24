//! The tables of a TOML file, read key by key; every key that is missing, wrong or unknown is a fault on its line.

use super::literal::literal;
use gouji_fund::Day;
use gouji_fund::policy::{Kind, Literal, Operand};
use gouji_fund::program::PolicyFault;
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A file and what is wrong with it.
pub(crate) struct Reader<'t> {
    text: &'t str,
    root: DeTable<'t>,
    is_readable: bool,
    faults: RefCell<Vec<PolicyFault>>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Reader<'t> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let line = |at: Option<std::ops::Range<usize>>| line_of(text, at.map_or(0, |at| at.start));
        let faults: Vec<PolicyFault> = errors
            .iter()
            .map(|error| {
                let zh = format!("不是合法的 TOML：{}", error.message());
                PolicyFault::new(line(error.span()), zh, format!("not TOML: {}", error.message()))
            })
            .collect();
        Reader { text, root: root.into_inner(), is_readable: faults.is_empty(), faults: RefCell::new(faults) }
    }

    /// The outermost table, unless the file is no TOML.
    pub(crate) fn root(&self) -> Option<Fields<'_>> {
        self.is_readable.then(|| Fields { reader: self, table: &self.root, line: 1, read: RefCell::default() })
    }

    pub(crate) fn into_faults(self) -> Vec<PolicyFault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }

    fn line(&self, value: &Spanned<DeValue>) -> u32 {
        line_of(self.text, value.span().start)
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() as u32 + 1
}

/// A table whose keys are read one by one.
pub(crate) struct Fields<'r> {
    reader: &'r Reader<'r>,
    table: &'r DeTable<'r>,
    line: u32,
    read: RefCell<Vec<String>>,
}

impl<'r> Fields<'r> {
    /// Line of the table, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    pub(crate) fn fault(&self, zh: &str, en: &str) {
        self.fault_at(self.line, zh, en);
    }

    pub(crate) fn fault_at(&self, line: u32, zh: &str, en: &str) {
        self.reader.faults.borrow_mut().push(PolicyFault::new(line, zh, en));
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(known, _)| known.get_ref().as_ref() == key)
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.table.iter().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    fn get(&self, key: &str) -> Option<&'r Spanned<DeValue<'r>>> {
        self.read.borrow_mut().push(key.to_owned());
        self.table.iter().find(|(known, _)| known.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    /// Every key that nobody read is one that does not exist.
    pub(crate) fn finish(&self) {
        let read = self.read.borrow();
        for (key, value) in self.table.iter().filter(|(key, _)| !read.iter().any(|read| read == key.get_ref())) {
            let (key, line) = (key.get_ref(), self.reader.line(value));
            let zh = format!("“{key}”在这里没有意义；请删去，或检查拼写");
            self.fault_at(line, &zh, &format!("`{key}` means nothing here; remove it or check its spelling"));
        }
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue>, zh: &str, en: &str) {
        let line = self.reader.line(value);
        self.fault_at(line, &format!("{key} 应为{zh}"), &format!("{key} should be {en}"));
    }

    fn missing(&self, key: &str) {
        self.fault(&format!("缺少 {key}"), &format!("{key} is missing"));
    }

    pub(crate) fn text(&self, key: &str) -> String {
        if !self.has(key) {
            self.missing(key);
        }
        let text = self.text_or(key, "");
        if self.has(key) && text.is_empty() {
            self.fault(&format!("{key} 不能是空的"), &format!("{key} may not be empty"));
        }
        text
    }

    pub(crate) fn text_or(&self, key: &str, absent: &str) -> String {
        match self.get(key) {
            None => absent.to_owned(),
            Some(value) => value.get_ref().as_str().map(str::to_owned).unwrap_or_else(|| {
                self.wrong(key, value, "文字", "a text");
                absent.to_owned()
            }),
        }
    }

    /// A term: a text that no literal begins like.
    pub(crate) fn name(&self, key: &str) -> String {
        let name = self.text(key);
        if !name.is_empty() && !matches!(literal(&name), Ok(None)) {
            let zh = format!("名称“{name}”不能以数字开头");
            self.fault(&zh, &format!("the name `{name}` may not begin with a digit"));
        }
        name
    }

    /// A list of dates; none where the key is absent.
    pub(crate) fn days(&self, key: &str) -> Vec<Day> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let day = |each: &Spanned<DeValue>| match each.get_ref() {
            DeValue::Datetime(day) => Day::parse(&day.to_string()),
            other => Day::parse(other.as_str().unwrap_or_default()),
        };
        let days = value.get_ref().as_array().and_then(|array| array.iter().map(day).collect::<Option<Vec<_>>>());
        days.unwrap_or_else(|| {
            self.wrong(key, value, "一列日期，如 [2019-10-01, 2019-10-02]", "a list of dates such as [2019-10-01]");
            Vec::new()
        })
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let texts = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|text| text.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        });
        texts.filter(|texts| !texts.is_empty()).unwrap_or_else(|| {
            self.wrong(key, value, "一列文字，如 [\"A\", \"B\"]", "a list of texts such as [\"A\", \"B\"]");
            Vec::new()
        })
    }

    pub(crate) fn whole(&self, key: &str) -> Option<i64> {
        let value = self.get(key)?;
        let number =
            value.get_ref().as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| (-1_000_000..=1_000_000).contains(number));
        if number.is_none() {
            self.wrong(key, value, "整数", "a whole number");
        }
        number
    }

    pub(crate) fn needed_whole(&self, key: &str) -> i64 {
        if !self.has(key) {
            self.missing(key);
        }
        self.whole(key).unwrap_or(1)
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, " true 或 false", "true or false");
        }
        flag
    }

    pub(crate) fn day(&self, key: &str) -> Day {
        let first = Day::from_number(0).expect("1970-01-01 is a day");
        let Some(value) = self.get(key) else {
            self.missing(key);
            return first;
        };
        let text = match value.get_ref() {
            DeValue::Datetime(day) => day.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        Day::parse(&text).unwrap_or_else(|| {
            self.wrong(key, value, "日期，如 2019-01-01", "a date such as 2019-01-01");
            first
        })
    }

    pub(crate) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> T {
        if !self.has(key) {
            self.missing(key);
        }
        self.word_or(key, words, words[0].1)
    }

    pub(crate) fn word_or<T: Copy>(&self, key: &str, words: &[(&str, T)], absent: T) -> T {
        let Some(value) = self.get(key) else { return absent };
        let found = words.iter().find(|(word, _)| value.get_ref().as_str() == Some(word));
        found.map(|(_, meaning)| *meaning).unwrap_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let (zh, en) = (known.join("、"), known.join(", "));
            self.wrong(key, value, &format!("其中之一：{zh}"), &format!("one of {en}"));
            absent
        })
    }

    pub(crate) fn table(&self, key: &str) -> Option<Fields<'r>> {
        let value = self.get(key)?;
        match value.get_ref().as_table() {
            Some(table) => Some(self.inside(table, value)),
            None => {
                self.wrong(key, value, "一组键值", "a table of keys");
                None
            }
        }
    }

    pub(crate) fn tables(&self, key: &str) -> Vec<Fields<'r>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let tables = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|each| Some(self.inside(each.get_ref().as_table()?, each))).collect::<Option<Vec<_>>>()
        });
        tables.unwrap_or_else(|| {
            self.wrong(key, value, "若干组键值", "a list of tables");
            Vec::new()
        })
    }

    fn inside(&self, table: &'r DeTable<'r>, value: &Spanned<DeValue>) -> Fields<'r> {
        Fields { reader: self.reader, table, line: self.reader.line(value), read: RefCell::default() }
    }

    /// Every key with its text.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        self.keys().into_iter().map(|key| (key.clone(), self.text(&key))).collect()
    }

    fn as_operand(&self, key: &str, value: &Spanned<DeValue>) -> Option<Operand> {
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Datetime(day) => day.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        match literal(&written) {
            Ok(Some(literal)) => Some(Operand::Literal(literal)),
            Ok(None) if !written.is_empty() => Some(Operand::Name(written)),
            _ => {
                let zh = "事项名称，或带单位的数，如 \"50万元\"、\"1500元\"、\"3.5%\"、12";
                self.wrong(key, value, zh, "a name, or a number with its unit: \"50万元\", \"1500元\", \"3.5%\", 12");
                None
            }
        }
    }

    pub(crate) fn operand(&self, key: &str) -> Option<Operand> {
        let value = self.get(key)?;
        self.as_operand(key, value)
    }

    pub(crate) fn needed_operand(&self, key: &str) -> Option<Operand> {
        if !self.has(key) {
            self.missing(key);
        }
        self.operand(key)
    }

    pub(crate) fn operands(&self, key: &str) -> Vec<Operand> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref().as_array() {
            Some(array) => array.iter().filter_map(|each| self.as_operand(key, each)).collect(),
            None => self.as_operand(key, value).into_iter().collect(),
        }
    }

    pub(crate) fn literal(&self, key: &str) -> Option<Literal> {
        match self.operand(key)? {
            Operand::Literal(literal) => Some(literal),
            Operand::Name(name) => {
                let zh = format!("{key} 要写数，不能写名称“{name}”");
                self.fault(&zh, &format!("{key} is a number, not the name `{name}`"));
                None
            }
        }
    }

    pub(crate) fn literal_of(&self, key: &str, kind: Kind) -> Option<Literal> {
        let literal = self.literal(key)?;
        if literal.kind() != kind {
            let zh = format!("{key} 应为{}", kind.chinese());
            self.fault(&zh, &format!("{key} should be of kind {}", kind.word()));
            return None;
        }
        Some(literal)
    }

    pub(crate) fn needed_literal_of(&self, key: &str, kind: Kind) -> Option<Literal> {
        if !self.has(key) {
            self.missing(key);
        }
        self.literal_of(key, kind)
    }
}
