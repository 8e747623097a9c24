/// A text as a cell of a comma-separated table: in quotes where it holds a comma, a quote or a line end.
pub fn csv_cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_has_them() {
        let cells = ["", "区科技局", "a,b", "说“好”", "a\"b", "a\nb"].map(csv_cell);
        assert_eq!(cells, ["", "区科技局", "\"a,b\"", "说“好”", "\"a\"\"b\"", "\"a\nb\""]);
    }
}
