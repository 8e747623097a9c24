//! A path as a URI reference.

/// Percent-encoded, relative where the path is.
pub(super) fn uri(path: &str) -> String {
    let drive =
        |path: &str| path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    let windows = drive(path) || path.starts_with("\\\\") || cfg!(windows);
    let path = if windows { path.replace('\\', "/") } else { path.to_string() };
    let path = path.strip_prefix("./").unwrap_or(&path);
    if drive(path) {
        let (letter, rest) = path.split_at(2);
        return format!("file:///{letter}{}", encoded(rest));
    }
    match (path.starts_with("//") && windows, path.starts_with('/')) {
        (true, _) => format!("file:{}", encoded(path)),
        (_, true) => format!("file://{}", encoded(path)),
        _ => encoded(path),
    }
}

/// Every byte but letters, digits, `-._~` and the slash as `%XX`.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded_and_stay_relative() {
        assert_eq!(uri("./报告/a b.txt"), "%E6%8A%A5%E5%91%8A/a%20b.txt");
        assert_eq!(uri("../a#1.pdf"), "../a%231.pdf");
        assert_eq!(uri("/tmp/a.pdf"), "file:///tmp/a.pdf");
        assert_eq!(uri("C:\\预算\\a.pdf"), "file:///C:/%E9%A2%84%E7%AE%97/a.pdf");
        assert_eq!(uri("\\\\bureau\\share\\a.pdf"), "file://bureau/share/a.pdf");
        assert_eq!(uri("12:30.txt"), "12%3A30.txt");
    }
}
