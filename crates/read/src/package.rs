//! A zip package (DOCX, XLSX, OFD): its members by name, within limits.

use crate::Limits;
use crate::issue::IssueKind;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Members of one package: a report with a picture on every page has some hundred.
const MEMBERS: usize = 20_000;

/// A package that is read member by member.
pub(crate) struct Package {
    archive: zip::ZipArchive<Cursor<Vec<u8>>>,
    /// By name in lower case with `/` between folders: some programs write neither rightly.
    members: BTreeMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
    limit: u64,
}

impl Package {
    /// Opens a package, or says why it cannot be opened.
    pub(crate) fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Package, IssueKind> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| IssueKind::Damaged)?;
        if archive.len() > MEMBERS {
            return Err(IssueKind::TooManyMembers { count: archive.len(), limit: MEMBERS });
        }
        let mut members = BTreeMap::new();
        for index in 0..archive.len() {
            let Ok(member) = archive.by_index_raw(index) else { continue };
            if member.encrypted() {
                return Err(IssueKind::Encrypted);
            }
            members.entry(key(&String::from_utf8_lossy(member.name_raw()))).or_insert(index);
        }
        Ok(Package { archive, members, left: limits.unpacked_bytes, limit: limits.unpacked_bytes })
    }

    /// True when there is such a member.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(&key(name))
    }

    /// The names of the members, in lower case.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// The bytes of a member; `None` when there is none of this name.
    pub(crate) fn bytes(&mut self, name: &str) -> Option<Result<Vec<u8>, IssueKind>> {
        let index = *self.members.get(&key(name))?;
        let damaged = || IssueKind::PartDamaged { part: name.to_string() };
        let Ok(member) = self.archive.by_index(index) else { return Some(Err(damaged())) };
        let mut bytes = Vec::new();
        // What the directory says of the size is not believed: the bytes are counted.
        let read = member.take(self.left + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Some(Err(IssueKind::TooMuchUnpacked { part: name.to_string(), limit: self.limit }));
        }
        self.left -= bytes.len() as u64;
        Some(read.map(|_| bytes).map_err(|_| damaged()))
    }
}

/// A member's name in the form that is compared.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A path as written in a member of `folder`: `../media/a.xml`, `/word/a.xml`, `a.xml`.
pub(crate) fn resolve(folder: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// The folder of a member.
pub(crate) fn folder_of(name: &str) -> &str {
    name.rfind('/').map_or("", |end| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_from_the_folder_that_names_them() {
        assert_eq!(resolve("word", "document.xml"), "word/document.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("Doc_0/Pages/Page_0", "../../Res.xml"), "Doc_0/Res.xml");
        assert_eq!(resolve("a", "../../../b.xml"), "b.xml");
    }
}
