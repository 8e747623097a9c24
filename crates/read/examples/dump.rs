fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        let d = gouji_read::read(vec![(path.clone(), bytes)], &gouji_read::Limits::default());
        let e = t.elapsed();
        if std::env::var("QUIET").is_err() {
            for b in &d.blocks {
                match b {
                    gouji_read::Block::Paragraph(s) => {
                        println!("p{} ¶ {}", d.locate(*s).page.unwrap_or(0), d.slice(*s).replace('\n', "⏎"))
                    }
                    gouji_read::Block::Table(t) => {
                        println!(
                            "p{:?} TABLE {}x{} merges {}",
                            t.rows
                                .iter()
                                .flat_map(|r| &r.cells)
                                .find(|c| c.start < c.end)
                                .and_then(|c| d.locate(*c).page),
                            t.rows.len(),
                            t.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0),
                            t.merges.len()
                        );
                        for r in &t.rows {
                            println!(
                                "   | {}",
                                r.cells
                                    .iter()
                                    .map(|c| d.slice(*c).replace('\u{2028}', "‖"))
                                    .collect::<Vec<_>>()
                                    .join(" | ")
                            );
                        }
                    }
                }
            }
        }
        for i in &d.issues {
            println!("ISSUE page {:?} {}", i.page, i.text(gouji_model::Lang::Zh));
        }
        let pages: usize = d.files.iter().map(|f| f.pages.len()).sum();
        eprintln!("{path}: {} blocks, {} pages, {:?}", d.blocks.len(), pages, e);
    }
}
