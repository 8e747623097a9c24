//! The reports that the project is measured on: which files there are, and which of them are one report.

use crate::tree;
use anyhow::Context;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One report: the files that make it, as paths below a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// How lists call it: the path of its only file, or what its files' names have in common.
    pub name: String,
    /// Its files in the order of reading.
    pub files: Vec<String>,
}

/// Where the shared reports stand when no folder is named.
pub(crate) fn usual_folder() -> PathBuf {
    tree::root().join("../shared/corpus")
}

/// Every PDF below a folder as a report. `x-text.pdf` and `x-tables.pdf` are one.
pub(crate) fn reports(folder: &Path) -> anyhow::Result<Vec<Group>> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths)?;
    Ok(grouped(paths))
}

/// The reports that files given by name make: all of the usual folder when none is given.
pub(crate) fn asked(files: &[String]) -> anyhow::Result<(PathBuf, Vec<Group>)> {
    if files.is_empty() {
        let folder = usual_folder();
        let found = reports(&folder)?;
        return Ok((folder, found));
    }
    let groups = files.iter().map(|file| Group { name: file.clone(), files: vec![file.clone()] }).collect();
    Ok((PathBuf::new(), groups))
}

/// The bytes of a report's files, each with its name.
pub(crate) fn load(folder: &Path, group: &Group) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let load = |file: &String| {
        let path = folder.join(file);
        Ok((file.clone(), std::fs::read(&path).with_context(|| path.display().to_string())?))
    };
    group.files.iter().map(load).collect()
}

fn collect(root: &Path, below: &str, paths: &mut Vec<String>) -> anyhow::Result<()> {
    let folder = root.join(below);
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let Ok(name) = entry?.file_name().into_string() else { continue };
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if root.join(&path).is_dir() {
            collect(root, &path, paths)?;
        } else if path.ends_with(".pdf") {
            paths.push(path);
        }
    }
    Ok(())
}

fn grouped(mut paths: Vec<String>) -> Vec<Group> {
    paths.sort();
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &paths {
        let stem = ["-text.pdf", "-tables.pdf"].iter().find_map(|end| path.strip_suffix(end));
        let name = match stem {
            Some(stem)
                if paths.contains(&format!("{stem}-text.pdf")) && paths.contains(&format!("{stem}-tables.pdf")) =>
            {
                format!("{stem} (text, tables)")
            }
            _ => path.clone(),
        };
        groups.entry(name).or_default().push(path.clone());
    }
    let in_order = |(name, mut files): (String, Vec<String>)| {
        // The text comes first in the report that a department prints.
        files.sort_by_key(|file| file.ends_with("-tables.pdf"));
        Group { name, files }
    };
    groups.into_iter().map(in_order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_tables_are_one_report_and_a_lone_half_is_its_own() {
        let paths = ["b/x-tables.pdf", "b/x-text.pdf", "a.pdf", "b/y-text.pdf"].map(str::to_owned).to_vec();
        let names: Vec<(String, usize)> =
            grouped(paths).into_iter().map(|group| (group.name, group.files.len())).collect();
        assert_eq!(
            names,
            [("a.pdf".to_owned(), 1), ("b/x (text, tables)".to_owned(), 2), ("b/y-text.pdf".to_owned(), 1)]
        );
    }
}
