//! The invented district by the command line: made, replayed, tampered with, paid.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn gouji(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).output().expect("the binary is built with the test")
}

fn place(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("gouji-fund-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// A district of so many firms, judged.
fn district(name: &str, firms: &str) -> PathBuf {
    let folder = place(name);
    let made = gouji(&["fund", "demo", "--output", folder.to_str().unwrap(), "--firms", firms]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn flip(path: &Path, at: usize, by: u8) -> Vec<u8> {
    let kept = std::fs::read(path).unwrap();
    let mut changed = kept.clone();
    let at = at % changed.len();
    changed[at] ^= by;
    std::fs::write(path, changed).unwrap();
    kept
}

#[test]
fn what_was_decided_is_derived_again_and_a_flipped_byte_is_found() {
    let folder = district("replay", "40");
    let shown = folder.to_str().unwrap();
    let again = gouji(&["fund", "replay", shown]);
    assert_eq!(again.status.code(), Some(0), "{}", complaint(&again));
    let files = [
        "registers/tax.csv",
        "registers/shareholders.csv",
        "applications.csv",
        "policies/research.toml",
        "decisions/2019-R1/record.txt",
        "decisions/2019-R1/evidence/fund.toml",
        "decisions/2019-R1/evidence/registers/statistics.csv",
        "decisions/2019-R1/public.html",
        "decisions/2019-R1/decisions.xlsx",
        "decisions/2019-R1/letters/R000003.html",
    ];
    for (round, file) in files.iter().cycle().take(40).enumerate() {
        let path = folder.join(file);
        let kept = flip(&path, round * 7_919, 1 << (round % 8));
        let replayed = gouji(&["fund", "replay", shown]);
        assert_ne!(replayed.status.code(), Some(0), "{file}, round {round}: a flipped byte is not found");
        std::fs::write(&path, kept).unwrap();
    }
    assert_eq!(gouji(&["fund", "replay", shown]).status.code(), Some(0));
}

#[test]
fn decisions_of_last_year_hold_when_registers_and_calls_move_on() {
    let folder = district("moved", "20");
    let shown = folder.to_str().unwrap();
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let path = folder.join(file);
        let changed = change(std::fs::read_to_string(&path).unwrap());
        std::fs::write(path, changed).unwrap();
    };
    // The next call: a batch more, an application more, and the tax office has sent another year.
    edit("fund.toml", &|text| {
        let tax = "file = \"registers/tax.csv\"\nsource = \"区税务局\"\ndate = 2019-07-12";
        assert!(text.contains(tax));
        let next = "\n[[batch]]\nid = \"2020-R1\"\npolicy = \"research\"\nopens = 2019-09-01\ncloses = 2019-09-30\nline = \"special\"\n";
        text.replace(tax, &tax.replace("2019-07-12", "2020-07-12")) + next
    });
    edit("registers/tax.csv", &|text| text.lines().rev().collect::<Vec<_>>().join("\n"));
    edit("registers/tax.csv", &|text| {
        let (rows, head) = text.rsplit_once('\n').unwrap();
        format!("{head}\n{rows}\n")
    });
    edit("applications.csv", &|text| {
        let last = text.lines().last().unwrap().replace("2019-H1", "2020-R1").replace("2019-R1", "2020-R1");
        let rest = last.split_once(',').unwrap().1.to_owned();
        format!("{text}N000001,{rest}\n")
    });
    let again = gouji(&["fund", "replay", shown]);
    let told = text(&again);
    assert_eq!(again.status.code(), Some(0), "{told}{}", complaint(&again));
    for words in [
        "逐字节一致",
        "registers/tax.csv：已有 2020-07-12 的数据",
        "fund.toml：改动过，但与批次 2019-R1 有关的内容没有变",
    ] {
        assert!(told.contains(words), "{words} is missing in:\n{told}");
    }
    // The same day with other figures is no new register.
    edit("fund.toml", &|text| text.replace("2020-07-12", "2019-07-12"));
    let again = gouji(&["fund", "replay", shown]);
    assert_eq!(again.status.code(), Some(1), "{}", text(&again));
    assert!(text(&again).contains("审核之后改动过"));
    assert_eq!(gouji(&["fund", "replay", shown, "--kept"]).status.code(), Some(0));
    // What is kept of a batch is a working folder of its own.
    let evidence = folder.join("decisions/2019-R1/evidence");
    let explained = gouji(&["fund", "explain", evidence.to_str().unwrap(), "R000001"]);
    assert!(text(&explained).contains("R000001"), "{}", complaint(&explained));
}

/// Judges all batches and keeps them in the folder.
fn judge_again(shown: &str) -> Output {
    gouji(&["fund", "judge", shown, "--output", &format!("{shown}/decisions"), "--force"])
}

/// A batch of certificates as an office handles it, up to approval; the numbers of the awards.
fn approved(shown: &str) {
    let act = |action: &str, by: &str, date: &str| {
        gouji(&["fund", "act", shown, action, "--batch", "2019-H1", "--by", by, "--date", date])
    };
    for (action, by) in [("受理", "赵六"), ("核查", "张三"), ("拟资助", "张三"), ("不予资助", "张三")]
    {
        let done = act(action, by, "2019-07-15");
        assert_eq!(done.status.code(), Some(0), "{action}: {}", complaint(&done));
    }
    let unheld = act("公示", "李四", "2019-07-15");
    assert_eq!(unheld.status.code(), Some(1));
    assert!(complaint(&unheld).contains("请先 gouji fund reserve"), "{}", complaint(&unheld));
    let reserve = ["fund", "reserve", shown, "--batch", "2019-H1", "--by", "王五", "--date", "2019-07-15"];
    let first = gouji(&reserve);
    assert_eq!(first.status.code(), Some(0), "{}", complaint(&first));
    assert_eq!(text(&first), text(&gouji(&reserve)), "asking twice does nothing twice");
    assert!(complaint(&act("公示", "张三", "2019-07-15")).contains("张三 经办过此件"), "who judged does not publish");
    assert_eq!(act("publish", "李四", "2019-07-15").status.code(), Some(0));
    // Five working days: 16 to 19 and 22 July.
    let early = act("审定", "李四", "2019-07-19");
    assert_eq!(early.status.code(), Some(1));
    assert!(complaint(&early).contains("公示期还有 1 个工作日，到 2019-07-22"), "{}", complaint(&early));
    let unapproved = gouji(&["fund", "commit", shown, "--batch", "2019-H1", "--by", "李四", "--date", "2019-07-22"]);
    assert_eq!(unapproved.status.code(), Some(1), "nothing is committed that was not approved");
    let done = act("审定", "李四", "2019-07-23");
    assert_eq!(done.status.code(), Some(0), "{}", complaint(&done));
}

#[test]
fn money_is_reserved_once_and_moves_only_after_publication_and_approval() {
    let folder = district("money", "60");
    let shown = folder.to_str().unwrap();
    approved(shown);
    let ask =
        |verb: &str, by: &str| gouji(&["fund", verb, shown, "--batch", "2019-H1", "--by", by, "--date", "2019-07-24"]);
    assert_eq!(ask("commit", "李四").status.code(), Some(0));
    assert_eq!(ask("pay", "钱七").status.code(), Some(1), "the account is not confirmed");
    let confirm =
        ["fund", "act", shown, "确认账户", "--batch", "2019-H1", "--by", "各申报单位", "--date", "2019-07-24"];
    assert_eq!(gouji(&confirm).status.code(), Some(0));
    let paid = ask("pay", "钱七");
    assert_eq!(paid.status.code(), Some(0), "{}", complaint(&paid));
    let status = gouji(&["fund", "status", shown]);
    assert_eq!(status.status.code(), Some(0));
    assert!(text(&status).contains("台账核对无误"), "{}", text(&status));
    assert!(text(&gouji(&["fund", "performance", shown])).contains("审核用时中位数："), "days are known");
    // A share of a budget is not final while somebody waits for a person.
    let open = gouji(&["fund", "reserve", shown, "--batch", "2019-R1", "--by", "张三", "--date", "2019-07-24"]);
    assert_eq!(open.status.code(), Some(2));
    assert!(complaint(&open).contains("待人工决定"), "{}", complaint(&open));
}

#[test]
fn what_a_person_decides_is_kept_told_and_replayed() {
    let folder = district("decide", "60");
    let shown = folder.to_str().unwrap();
    let record = std::fs::read_to_string(folder.join("decisions/2019-R1/record.txt")).unwrap();
    let of = |lane: &str| -> Vec<String> {
        let lines = record.lines().filter(|line| line.starts_with("decision ") && line.split(' ').nth(2) == Some(lane));
        lines.map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
    };
    let (waiting, refused) = (of("assist"), of("refuse"));
    for (action, by) in [("受理", "赵六"), ("核查", "张三")] {
        let done = gouji(&["fund", "act", shown, action, "--batch", "2019-R1", "--by", by, "--date", "2019-07-15"]);
        assert_eq!(done.status.code(), Some(0), "{action}: {}", complaint(&done));
    }
    let decide = |number: &str, more: &[&str]| {
        let named = ["fund", "decide", shown, number, "--by", "张三", "--date", "2019-07-16"];
        gouji(&[&named[..], more].concat())
    };
    let unreasoned = decide(&waiting[0], &["--refuse"]);
    assert_eq!(unreasoned.status.code(), Some(1));
    assert!(complaint(&unreasoned).contains("写明理由"));
    assert!(complaint(&decide(&refused[0], &["--pass", "--reason", "x"])).contains("--against"));
    // All that wait, in one table.
    let rows: Vec<String> = waiting.iter().map(|number| format!("{number},资助,123.40,\"已核对，属实\"\n")).collect();
    let table = folder.join("decided.txt.csv");
    std::fs::write(&table, format!("申请编号,决定,金额（元）,理由\n{}", rows.concat())).unwrap();
    // One of them gets more than the rule gives, which has to be meant.
    let of_table = |more: &[&str]| {
        let named =
            ["fund", "decide", shown, "--from", table.to_str().unwrap(), "--by", "张三", "--date", "2019-07-16"];
        gouji(&[&named[..], more].concat())
    };
    assert!(complaint(&of_table(&[])).contains("金额高于按规定算出的"));
    let all = of_table(&["--against"]);
    assert_eq!(all.status.code(), Some(0), "{}", complaint(&all));
    std::fs::remove_file(&table).unwrap();
    let explained = text(&gouji(&["fund", "explain", shown, &waiting[0]]));
    assert!(explained.contains("人工决定：资助") && explained.contains("张三，2019-07-16"), "{explained}");
    let replayed = gouji(&["fund", "replay", shown]);
    assert_eq!(replayed.status.code(), Some(0), "{}", text(&replayed));
    assert!(text(&replayed).contains("人工决定；请重新审核批次 2019-R1"), "{}", text(&replayed));
    let decisions = folder.join("decisions");
    let again = ["fund", "judge", shown, "--output", decisions.to_str().unwrap(), "--force"];
    assert_eq!(gouji(&again).status.code(), Some(0));
    assert_eq!(gouji(&["fund", "replay", shown]).status.code(), Some(0));
    let kept = decisions.join("2019-R1/evidence/rulings.csv");
    assert!(std::fs::read_to_string(&kept).unwrap().contains(",123.40,张三,2019-07-16,"));
    let letter = std::fs::read_to_string(decisions.join(format!("2019-R1/letters/{}.html", waiting[0]))).unwrap();
    assert!(letter.contains("核实意见：已核对，属实") && !letter.contains("张三"), "who decided stays in the office");
    // With everybody decided the share is final, and money can be held.
    let reserve = gouji(&["fund", "reserve", shown, "--batch", "2019-R1", "--by", "王五", "--date", "2019-07-17"]);
    assert_eq!(reserve.status.code(), Some(0), "{}", complaint(&reserve));
    let history = text(&gouji(&["fund", "history", shown, &waiting[0], "--lang", "en"]));
    assert!(
        history.contains("decide") && history.contains("123.40 yuan") && history.contains("possible next"),
        "{history}"
    );
    // One changed byte in what was decided is found.
    let held = flip(&kept, 70, 1);
    assert_ne!(gouji(&["fund", "replay", shown]).status.code(), Some(0));
    std::fs::write(&kept, held).unwrap();
}

#[test]
fn what_is_decided_anew_is_held_and_published_anew_and_who_withdraws_gets_nothing() {
    let folder = district("anew", "60");
    let shown = folder.to_str().unwrap();
    let record = std::fs::read_to_string(folder.join("decisions/2019-H1/record.txt")).unwrap();
    let passing = record.lines().filter(|line| line.starts_with("decision ") && line.contains(" pass "));
    let passing: Vec<&str> = passing.map(|line| line.split(' ').nth(1).unwrap()).collect();
    let (withdrawn, changed, late) = (passing[0], passing[1], passing[2]);
    let act = |more: &[&str]| gouji(&[&["fund", "act", shown][..], more].concat());
    let fine = |done: Output| assert_eq!(done.status.code(), Some(0), "{}{}", text(&done), complaint(&done));
    let batch = |action: &str, by: &str, date: &str| act(&[action, "--batch", "2019-H1", "--by", by, "--date", date]);
    let one = |action: &str, number: &str, by: &str, date: &str| {
        act(&[action, number, "--by", by, "--date", date, "--reason", "说明"])
    };
    let reserve = || gouji(&["fund", "reserve", shown, "--batch", "2019-H1", "--by", "王五", "--date", "2019-07-15"]);
    fine(batch("受理", "赵六", "2019-07-15"));
    fine(one("撤销", withdrawn, "某公司", "2019-07-15"));
    fine(batch("核查", "张三", "2019-07-15"));
    fine(batch("拟资助", "张三", "2019-07-15"));
    fine(reserve());
    let awards = || text(&gouji(&["fund", "status", shown, "--awards"]));
    assert!(!awards().contains(withdrawn), "who withdrew has no money held: {}", awards());
    let stale = batch("公示", "李四", "2019-07-15");
    assert!(
        complaint(&stale).contains("名单不是现在的结论"),
        "the list still names who withdrew: {}",
        complaint(&stale)
    );
    fine(judge_again(shown));
    fine(batch("公示", "李四", "2019-07-15"));
    // One goes back, is decided on with another amount, and waits for its money and for its own five days.
    fine(one("退回", changed, "李四", "2019-07-16"));
    let decide = ["fund", "decide", shown, changed, "--pass", "--amount", "12345", "--by", "张三", "--reason", "核减"];
    fine(gouji(&[&decide[..], &["--date", "2019-07-16"]].concat()));
    fine(judge_again(shown));
    fine(one("拟资助", changed, "张三", "2019-07-16"));
    let unheld = one("公示", changed, "李四", "2019-07-17");
    assert!(complaint(&unheld).contains("决定 12,345.00 元，台账上为此件预留 "), "{}", complaint(&unheld));
    fine(reserve());
    fine(reserve());
    assert!(awards().contains(&format!("{changed}：预留 12,345.00")), "{}", awards());
    fine(one("公示", changed, "李四", "2019-07-17"));
    // What was published first is still there.
    let earlier: Vec<_> = std::fs::read_dir(folder.join("decisions/2019-H1/earlier")).unwrap().collect();
    assert_eq!(earlier.len(), 1);
    assert!(earlier[0].as_ref().unwrap().path().join("evidence/fund.toml").is_file());
    // Another is objected to, and the objection is right.
    fine(one("提出异议", late, "市民", "2019-07-18"));
    fine(one("答复异议", late, "张三", "2019-07-19"));
    fine(one("不予资助", late, "李四", "2019-07-22"));
    fine(batch("审定", "李四", "2019-07-26"));
    fine(gouji(&["fund", "commit", shown, "--batch", "2019-H1", "--by", "李四", "--date", "2019-07-26"]));
    let all = awards();
    assert!(all.contains(&format!("{changed}：预留 0.00　应付 12,345.00")), "{all}");
    assert!(all.lines().any(|line| line.contains(late) && line.contains("应付 0.00")), "{all}");
    let decisions = folder.join("decisions");
    fine(gouji(&["fund", "judge", shown, "--output", decisions.to_str().unwrap(), "--force"]));
    let public = std::fs::read_to_string(decisions.join("2019-H1/public.csv")).unwrap();
    assert!(public.contains(changed) && !public.contains(withdrawn) && !public.contains(late), "{public}");
    for number in [withdrawn, late] {
        let letter = std::fs::read_to_string(decisions.join(format!("2019-H1/letters/{number}.html"))).unwrap();
        assert!(letter.contains("此件已终结"), "{number}");
    }
    fine(gouji(&["fund", "replay", shown]));
    let history = text(&gouji(&["fund", "history", shown, changed]));
    for words in ["退回", "核减", "12,345.00 元", "已下达"] {
        assert!(history.contains(words), "{words} is missing in:\n{history}");
    }
    assert!(history.contains("→ 12,345.00 元"), "what changed from version to version is told:\n{history}");
    let narrow = text(&gouji(&["fund", "history", shown, changed, "--width", "60"]));
    assert!(narrow.lines().count() > history.lines().count());
}

#[test]
fn what_was_approved_is_changed_by_nobody_in_silence() {
    let folder = district("frozen", "60");
    let shown = folder.to_str().unwrap();
    approved(shown);
    let list = folder.join("decisions/2019-H1/public.csv");
    let published = std::fs::read(&list).unwrap();
    let policy = folder.join("policies/high-tech.toml");
    let rule = std::fs::read_to_string(&policy).unwrap();
    assert!(rule.contains("30万元"));
    std::fs::write(&policy, rule.replace("30万元", "31万元")).unwrap();
    let again = judge_again(shown);
    assert_eq!(again.status.code(), Some(2), "{}", text(&again));
    assert!(complaint(&again).contains("已经公示或审定，与现在算出的不同"), "{}", complaint(&again));
    assert_eq!(std::fs::read(&list).unwrap(), published, "the list stands");
    let shown_now = text(&gouji(&["fund", "judge", shown, "--batch", "2019-H1"]));
    assert!(shown_now.contains("以公示、审定的为准"), "{shown_now}");
    // What was approved is issued with its own amount, and only on a day that has come.
    let ahead = gouji(&["fund", "commit", shown, "--batch", "2019-H1", "--by", "李四", "--date", "2999-01-01"]);
    assert_eq!(ahead.status.code(), Some(2));
    assert!(complaint(&ahead).contains("还没有到"), "{}", complaint(&ahead));
    let before = text(&gouji(&["fund", "status", shown]));
    let commit = gouji(&["fund", "commit", shown, "--batch", "2019-H1", "--by", "李四", "--date", "2019-07-24"]);
    assert_eq!(commit.status.code(), Some(0), "{}", complaint(&commit));
    let sum = |status: &str, word: &str| {
        let line = status.lines().find(|line| line.contains(word)).unwrap().to_owned();
        line.split(word).nth(1).unwrap().trim().split(['　', ' ']).next().unwrap().to_owned()
    };
    assert_eq!(sum(&before, "预留"), sum(&text(&gouji(&["fund", "status", shown])), "应付"));
}

#[test]
fn a_person_decides_within_the_budget_and_under_one_name() {
    let folder = district("bounds", "60");
    let shown = folder.to_str().unwrap();
    let act = |action: &str, by: &str| {
        gouji(&["fund", "act", shown, action, "--batch", "2019-H1", "--by", by, "--date", "2019-07-15"])
    };
    assert_eq!(act("受理", "赵六").status.code(), Some(0));
    assert_eq!(act("核查", "张三").status.code(), Some(0));
    let record = std::fs::read_to_string(folder.join("decisions/2019-H1/record.txt")).unwrap();
    let passing = record.lines().find(|line| line.contains(" pass ")).unwrap().split(' ').nth(1).unwrap();
    let decide = |amount: &str, more: &[&str]| {
        let named = ["fund", "decide", shown, passing, "--pass", "--amount", amount, "--by", "张三", "--reason", "因"];
        gouji(&[&named[..], &["--date", "2019-07-15"], more].concat())
    };
    let beyond = decide("99999999999", &["--against"]);
    assert_eq!(beyond.status.code(), Some(2));
    assert!(complaint(&beyond).contains("超过预算"), "{}", complaint(&beyond));
    assert!(
        complaint(&decide("300001", &[])).contains("金额高于按规定算出的"),
        "more than the rule gives has to be meant"
    );
    assert_eq!(decide("300001", &["--against"]).status.code(), Some(0));
    assert!(text(&gouji(&["fund", "explain", shown, passing])).contains("高于按规定算出的金额"));
    assert_eq!(act("拟资助", "张三").status.code(), Some(0));
    assert_eq!(judge_again(shown).status.code(), Some(0));
    let reserve = gouji(&["fund", "reserve", shown, "--batch", "2019-H1", "--by", "王五", "--date", "2019-07-15"]);
    assert_eq!(reserve.status.code(), Some(0), "{}", complaint(&reserve));
    for name in ["张 三", "张\u{200b}三", "张·三"] {
        let published = act("公示", name);
        assert_eq!(published.status.code(), Some(1), "{name} is who judged");
        assert!(complaint(&published).contains("经办过此件"), "{}", complaint(&published));
    }
    // Without the log nobody knows what persons decided.
    std::fs::rename(folder.join("ledger.db"), folder.join("ledger.away")).unwrap();
    let blind = gouji(&["fund", "judge", shown]);
    assert_eq!(blind.status.code(), Some(2));
    assert!(complaint(&blind).contains("ledger.db 不在"), "{}", complaint(&blind));
}

#[test]
fn a_table_of_the_office_holds_and_its_short_cuts_are_told() {
    let folder = district("table", "20");
    let shown = folder.to_str().unwrap();
    let table = folder.join("lifecycle/own.toml");
    std::fs::create_dir_all(table.parent().unwrap()).unwrap();
    let built_in = include_str!("../../fund/src/lifecycle/district.toml");
    let lint = || gouji(&["fund", "lint", table.parent().unwrap().to_str().unwrap()]);
    std::fs::write(&table, built_in).unwrap();
    assert_eq!(lint().status.code(), Some(0), "{}{}", text(&lint()), complaint(&lint()));
    std::fs::write(&table, built_in.replace("\"公示期满\", ", "")).unwrap();
    assert_eq!(lint().status.code(), Some(1));
    assert!(text(&lint()).contains("不经公示期满就能拨付"), "{}", text(&lint()));
    // One day of publicity, by this office's own table.
    std::fs::write(&table, built_in.replace("working-days = 5", "days = 1")).unwrap();
    let act = |action: &str, by: &str, date: &str| {
        gouji(&["fund", "act", shown, action, "--batch", "2019-H1", "--by", by, "--date", date])
    };
    for (action, by) in [("受理", "赵六"), ("核查", "张三"), ("拟资助", "张三")] {
        assert_eq!(act(action, by, "2019-07-15").status.code(), Some(0), "{action}");
    }
    let reserve = gouji(&["fund", "reserve", shown, "--batch", "2019-H1", "--by", "王五", "--date", "2019-07-15"]);
    assert_eq!(reserve.status.code(), Some(0), "{}", complaint(&reserve));
    assert_eq!(act("公示", "李四", "2019-07-15").status.code(), Some(0));
    let last_day = complaint(&act("审定", "李四", "2019-07-16"));
    assert!(last_day.contains("公示期最后一天（2019-07-16）"), "{last_day}");
    assert_eq!(act("审定", "李四", "2019-07-17").status.code(), Some(0));
    // A fault in the table is told with its line, and nothing is done.
    std::fs::write(&table, built_in.replace("by = \"财务\"", "by = \"会计\"")).unwrap();
    let told = complaint(&act("受理", "赵六", "2019-07-18"));
    assert!(told.contains("lifecycle/own.toml:") && told.contains("没有“会计”"), "{told}");
}

#[test]
fn the_line_of_next_year_goes_from_the_ledger_into_its_books() {
    let folder = district("books", "60");
    let shown = folder.to_str().unwrap();
    let this_year = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/longgang-2019");
    let (next_year, written) = (place("books-next"), place("books-written"));
    let (next_year, written) = (next_year.to_str().unwrap(), written.to_str().unwrap());
    let export = |more: &[&str]| gouji(&[&["fund", "export", shown], more].concat());
    // The district is none of Longgang's: the unit is told to be missing, with those there are.
    let strange = export(&["--books", this_year]);
    assert_eq!(strange.status.code(), Some(2));
    assert!(complaint(&strange).contains("没有项目"), "{}", complaint(&strange));
    let path = folder.join("fund.toml");
    let settings = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, settings.replace("云州市清河区科技创新局本级", "深圳市龙岗区科技创新局本级")).unwrap();
    let apart = export(&["--books", this_year]);
    assert_eq!(apart.status.code(), Some(1), "{}", complaint(&apart));
    assert!(text(&apart).contains("预算账 420,000,000.00 元，相差"), "{}", text(&apart));
    assert!(gouji(&["new", "--from", this_year, "--year", "2020", "--output", next_year]).status.code() != Some(1));
    let into = export(&["--books", next_year, "--expected", "2019-R1=50", "--output", written]);
    assert_eq!(into.status.code(), Some(1), "{}", complaint(&into));
    let indicators = std::fs::read_to_string(Path::new(written).join("indicators.csv")).unwrap();
    assert!(indicators.contains("企业研发投入激励资助笔数,≥50,笔"), "{indicators}");
    let again = gouji(&["fund", "export", shown, "--books", next_year, "--output", written]);
    assert_eq!(again.status.code(), Some(2), "what is there is not written over");
    let built = gouji(&["build", written, "--output", &format!("{written}-report")]);
    assert!(built.status.code() != Some(2), "{}", complaint(&built));
    let report =
        Path::new(written).with_file_name(format!("{}-report", Path::new(written).file_name().unwrap().display()));
    let report = report.join("2020年深圳市龙岗区科技创新局部门预算报告.txt");
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("每笔平均"), "the basis stands in the report");
}

/// A disk that takes no file above 10 KiB stands for one that is full.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = district("full", "20");
    let shown = folder.to_str().unwrap();
    let cramped = |arguments: &[&str]| {
        let script = "trap '' XFSZ; ulimit -f 20; exec \"$0\" \"$@\"";
        let gouji = env!("CARGO_BIN_EXE_gouji");
        Command::new("sh").args([&["-c", script, gouji], arguments].concat()).output().unwrap()
    };
    let decisions = folder.join("again");
    let judged = cramped(&["fund", "judge", shown, "--output", decisions.to_str().unwrap()]);
    assert_eq!(judged.status.code(), Some(2), "{}", text(&judged));
    assert!(complaint(&judged).contains("2019-R1/"), "the file is named: {}", complaint(&judged));
    let left: Vec<_> =
        std::fs::read_dir(decisions.join("2019-R1")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name == "record.txt" || name.to_string_lossy().ends_with(".part")), "{left:?}");
    let told = gouji(&["fund", "replay", shown, "--decisions", decisions.to_str().unwrap()]);
    assert_eq!(told.status.code(), Some(1));
    assert!(text(&told).contains("没有写完"), "{}", text(&told));
    // A ledger that could not begin is begun when there is room again.
    let reserve = ["fund", "reserve", shown, "--batch", "2019-H1", "--by", "张三", "--date", "2019-08-01"];
    assert_eq!(cramped(&reserve).status.code(), Some(2));
    assert_eq!(gouji(&["fund", "status", shown]).status.code(), Some(2));
    let reserved = gouji(&reserve);
    assert_eq!(reserved.status.code(), Some(0), "{}", complaint(&reserved));
    assert_eq!(gouji(&["fund", "status", shown]).status.code(), Some(0));
}

#[test]
fn faults_of_a_folder_are_told_with_their_places_in_one_run() {
    let folder = district("faults", "20");
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let path = folder.join(file);
        let changed = change(std::fs::read_to_string(&path).unwrap());
        std::fs::write(path, changed).unwrap();
    };
    edit("registers/tax.csv", &|text| text.replace("加计扣除研发费用（元）", "加计扣除研发费用"));
    edit("registers/statistics.csv", &|text| text.replacen("统计地在本区", "统计地", 1));
    edit("applications.csv", &|text| text.replacen("R000002", "R000001", 1));
    edit("policies/research.toml", &|text| text.replace("rate = \"5%\"", "rate = \"5\""));
    let judged = gouji(&["fund", "judge", folder.to_str().unwrap()]);
    assert_eq!(judged.status.code(), Some(2));
    let told = complaint(&judged);
    for place in ["applications.csv:3", "policies/research.toml:"] {
        assert!(told.contains(place), "{place} is missing in:\n{told}");
    }
    edit("applications.csv", &|text| text.replacen("R000001", "R000000", 1));
    edit("policies/research.toml", &|text| text.replace("rate = \"5\"", "rate = \"5%\""));
    let told = complaint(&gouji(&["fund", "judge", folder.to_str().unwrap()]));
    for place in ["registers/tax.csv [加计扣除研发费用]", "registers/statistics.csv [统计地在本区]"] {
        assert!(told.contains(place), "{place} is missing in:\n{told}");
    }
}

#[test]
fn a_letter_tells_nothing_of_another_applicant_and_a_public_list_nothing_private() {
    let folder = district("private", "200");
    let decisions = folder.join("decisions/2019-R1");
    let applications = std::fs::read_to_string(folder.join("applications.csv")).unwrap();
    let rows: Vec<Vec<&str>> = applications.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let heads: Vec<&str> = applications.lines().next().unwrap().split(',').collect();
    let place = |name: &str| heads.iter().position(|head| head.contains(name)).unwrap();
    let private = [place("联系人"), place("联系电话"), place("银行账号"), place("地址")];
    let list = std::fs::read_to_string(decisions.join("public.html")).unwrap()
        + &std::fs::read_to_string(decisions.join("public.csv")).unwrap();
    for row in rows.iter().filter(|row| row.len() == heads.len()) {
        for at in private.iter().filter(|at| row[**at].chars().count() > 3) {
            assert!(!list.contains(row[*at]), "{} stands in the public list", row[*at]);
        }
    }
    let mut alike = 0;
    for entry in std::fs::read_dir(decisions.join("letters")).unwrap() {
        let path = entry.unwrap().path();
        let own = path.file_stem().unwrap().to_string_lossy().into_owned();
        let letter = std::fs::read_to_string(&path).unwrap();
        alike += usize::from(letter.contains("是否为同一企业"));
        let other = rows.iter().find(|row| row[0] != own && letter.contains(row[0]));
        assert!(other.is_none(), "the letter of {own} names {other:?}");
    }
    assert!(alike > 0, "the district has firms in disguise");
    assert!(
        std::fs::read_to_string(decisions.join("decisions.csv")).unwrap().contains("为同一企业"),
        "the office sees all"
    );
}

#[test]
fn experts_are_drawn_without_conflicts_and_anybody_can_draw_again() {
    let folder = district("experts", "60");
    let shown = folder.to_str().unwrap();
    let list = folder.join("list.txt");
    let draw = |seed: &str, more: &[&str]| {
        gouji(&[&["fund", "experts", shown, "--batch", "2019-R1", "--seed", seed], more].concat())
    };
    let listed = list.to_str().unwrap();
    let drawn = draw("2019-07-12", &["--output", listed]);
    assert_eq!(drawn.status.code(), Some(0), "{}{}", text(&drawn), complaint(&drawn));
    assert!(text(&drawn).contains("现任或近年曾任职于申报相关单位"), "{}", text(&drawn));
    assert_eq!(draw("2019-07-12", &["--verify", listed]).status.code(), Some(0));
    let other = draw("2019-07-13", &["--verify", listed]);
    assert_eq!(other.status.code(), Some(1), "another seed draws others");
    // Who works for a firm does not judge it.
    let relations = std::fs::read_to_string(folder.join("relations.csv")).unwrap();
    let applications = std::fs::read_to_string(folder.join("applications.csv")).unwrap();
    let rows = std::fs::read_to_string(&list).unwrap();
    for line in relations.lines().filter(|line| line.contains(",任职,") && line.ends_with(",,")) {
        let cells: Vec<&str> = line.split(',').collect();
        for application in applications.lines().filter(|row| row.contains(cells[2])) {
            let pair = format!("{},{}", application.split(',').next().unwrap(), cells[0]);
            assert!(!rows.lines().any(|row| row == pair), "{pair}");
        }
    }
    // Too few: the smallest reason.
    let short = draw("2019-07-12", &["--most", "1"]);
    assert_eq!(short.status.code(), Some(1));
    assert!(text(&short).contains("请增补专家或提高上限"), "{}", text(&short));
}

#[test]
fn nothing_is_written_over_without_force() {
    let folder = district("force", "10");
    let again = gouji(&["fund", "demo", "--output", folder.to_str().unwrap(), "--firms", "10"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(complaint(&again).contains("--force"));
}
