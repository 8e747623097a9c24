//! The working folder of an office: `fund.toml`, policies, registers and applications, to [`Work`].
//!
//! ```text
//! fund.toml              the office, its batches, its registers
//! policies/*.toml        the rules
//! lifecycle/*.toml       what may be done with an application, by whom; the program's own where there is none
//! registers/*.csv|xlsx   what other offices know
//! applications.csv       who applies
//! ```

mod rows;

use crate::lifecycle::overlaps;
use crate::policy::fields::{Fields, Reader};
use crate::{district_lifecycle, read_lifecycle, read_policy};
use gouji_fund::evidence::{APPLICATIONS, CREDIT_CODE, EvidenceFault, Register};
use gouji_fund::lifecycle::{Table, Verdict};
use gouji_fund::policy::{Kind, Literal};
use gouji_fund::program::{PolicyFault, compile};
use gouji_fund::work::{
    BATCH, Batch, BudgetLine, DATE, NAME, NUMBER, PolicyFile, RULINGS_FILE, RULINGS_HEADS, Ruling, Work, sha256,
};
use gouji_fund::{Day, scaled};
use gouji_model::{Fen, Lang};
use std::collections::HashMap;

/// The rows of a table, comma-separated or the first sheet of a workbook, each with its place from 1; `file` is how
/// messages name it.
///
/// # Errors
/// Text that is no table, a workbook that cannot be read, a table that is too large.
pub fn table_rows(file: &str, bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, EvidenceFault> {
    rows::rows(file, bytes)
}

/// The file that every working folder has.
pub const FUND_FILE: &str = "fund.toml";
/// The file of the applications, unless `fund.toml` names another.
const APPLICATIONS_FILE: &str = "applications.csv";

/// Reads a working folder; each file with its path inside the folder, parted by `/`.
///
/// # Errors
/// Everything that is wrong in any file, in one run.
pub fn from_working_folder(files: &[(String, Vec<u8>)]) -> Result<Work, Vec<EvidenceFault>> {
    let mut faults = Vec::new();
    let head = files.iter().find(|(name, _)| name == FUND_FILE);
    let Some((_, bytes)) = head else {
        let zh = format!("文件夹里没有 {FUND_FILE}；可用 gouji fund demo 生成一个样例");
        let en = format!("the folder has no {FUND_FILE}; gouji fund demo makes an example");
        return Err(vec![EvidenceFault::new(FUND_FILE, 0, "", zh, en)]);
    };
    let plan = plan(bytes, &mut faults);
    let mut policies = Vec::new();
    for (file, bytes) in files.iter().filter(|(name, _)| name.starts_with("policies/") && name.ends_with(".toml")) {
        match read_policy(bytes) {
            Ok(policy) => {
                // A policy has to hold in every version, not only in the one that governs today.
                for version in &policy.versions {
                    let wrong = compile(&policy, version).err().unwrap_or_default();
                    faults.extend(wrong.iter().map(|fault| of_policy(file, fault)));
                }
                policies.push(PolicyFile { file: file.clone(), sha256: sha256(bytes), policy });
            }
            Err(wrong) => faults.extend(wrong.iter().map(|fault| of_policy(file, fault))),
        }
    }
    let lifecycles = lifecycles(files, &mut faults);
    let mut registers = Vec::new();
    let mut applications = None;
    for planned in plan.registers {
        let bytes = files.iter().find(|(name, _)| *name == planned.file).map(|(_, bytes)| bytes);
        let Some(register) = register(planned, bytes, &mut faults) else { continue };
        if register.id == APPLICATIONS { applications = Some(register) } else { registers.push(register) }
    }
    if let Some(applications) = &applications {
        check_applications(applications, &plan.batches, &mut faults);
    }
    let rulings = rulings(files, &mut faults);
    faults.sort();
    faults.dedup();
    match applications {
        Some(applications) if faults.is_empty() => Ok(Work {
            office: plan.office,
            batches: plan.batches,
            lines: plan.lines,
            policies,
            lifecycles,
            registers,
            applications,
            settings: (FUND_FILE.to_owned(), sha256(bytes)),
            rulings,
        }),
        _ => Err(faults),
    }
}

/// What persons decided, as it is kept with the evidence of a batch.
fn rulings(files: &[(String, Vec<u8>)], faults: &mut Vec<EvidenceFault>) -> Vec<Ruling> {
    let Some((file, bytes)) = files.iter().find(|(name, _)| name == RULINGS_FILE) else { return Vec::new() };
    let rows = match rows::rows(file, bytes) {
        Ok(rows) => rows,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut rows = rows.into_iter();
    if rows.next().is_none_or(|(_, heads)| heads != RULINGS_HEADS) {
        let (zh, en) = (RULINGS_HEADS.join("、"), RULINGS_HEADS.join(", "));
        let (zh, en) = (format!("表头应为：{zh}"), format!("the heads should be: {en}"));
        faults.push(EvidenceFault::new(file, 1, "", zh, en));
        return Vec::new();
    }
    let mut rulings = Vec::new();
    for (row, cells) in rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.word() == cell(1));
        let amount = if cell(2).is_empty() { Some(None) } else { scaled(cell(2), 100).map(|fen| Some(Fen::new(fen))) };
        let parts = (verdict, amount, Day::read(cell(4)));
        let (Some(verdict), Some(amount), Some(day)) = parts else {
            let zh = "决定、金额（元）或日期读不出来".to_owned();
            faults.push(EvidenceFault::new(file, row, "", zh, "verdict, amount or day cannot be read".into()));
            continue;
        };
        let [application, person, reason] = [0, 3, 5].map(|at| cell(at).to_owned());
        rulings.push(Ruling { application, verdict, amount, person, day, reason });
    }
    rulings
}

/// The life-cycle tables of the folder, or the one that comes with the program where it has none.
fn lifecycles(files: &[(String, Vec<u8>)], faults: &mut Vec<EvidenceFault>) -> Vec<Table> {
    let mut tables = Vec::new();
    let ours = files.iter().filter(|(name, _)| name.starts_with("lifecycle/") && name.ends_with(".toml"));
    let mut has_own = false;
    for (file, bytes) in ours {
        has_own = true;
        match read_lifecycle(file, bytes) {
            Ok(table) => tables.push(table),
            Err(wrong) => faults.extend(wrong.iter().map(|fault| of_policy(file, fault))),
        }
    }
    if !has_own {
        return vec![district_lifecycle()];
    }
    for (table, earlier, day) in overlaps(&tables) {
        let zh = format!("{day} 与 {} 的“{}”同时生效；请改其中一个的起止日期", earlier.file, earlier.id);
        let en =
            format!("in force on {day} together with `{}` of {}; change the dates of one", earlier.id, earlier.file);
        faults.push(EvidenceFault::new(&table.file, table.line, "", zh, en));
    }
    tables
}

fn of_policy(file: &str, fault: &PolicyFault) -> EvidenceFault {
    let (zh, en) = (fault.text(Lang::Zh).to_owned(), fault.text(Lang::En).to_owned());
    EvidenceFault::new(file, fault.line, "", zh, en)
}

/// What `fund.toml` says.
#[derive(Default)]
struct Plan {
    office: String,
    batches: Vec<Batch>,
    lines: Vec<BudgetLine>,
    registers: Vec<Planned>,
}

struct Planned {
    id: String,
    file: String,
    source: String,
    date: Option<gouji_fund::Day>,
    sha256: String,
    key: String,
    line: u32,
}

fn plan(bytes: &[u8], faults: &mut Vec<EvidenceFault>) -> Plan {
    let text = String::from_utf8_lossy(bytes);
    let reader = Reader::new(text.trim_start_matches('\u{feff}'));
    let plan = reader.root().map(|root| read_plan(&root)).unwrap_or_default();
    faults.extend(reader.into_faults().iter().map(|fault| of_policy(FUND_FILE, fault)));
    plan
}

fn read_plan(root: &Fields) -> Plan {
    let office = root.table("office").map_or_else(String::new, |office| {
        let name = office.text("name");
        office.finish();
        name
    });
    let batches: Vec<Batch> = root.tables("batch").iter().map(batch).collect();
    let mut registers: Vec<Planned> = root.tables("register").iter().map(planned).collect();
    let applications = root.text_or("applications", APPLICATIONS_FILE);
    registers.push(Planned {
        id: APPLICATIONS.into(),
        file: applications,
        source: String::new(),
        date: None,
        sha256: String::new(),
        key: CREDIT_CODE.into(),
        line: root.line(),
    });
    for (at, register) in registers.iter().enumerate() {
        if registers[..at].iter().any(|earlier| earlier.id == register.id) {
            let zh = format!("登记表“{}”写了两次", register.id);
            root.fault(&zh, &format!("register `{}` is written twice", register.id));
        }
    }
    for (at, batch) in batches.iter().enumerate() {
        if batches[..at].iter().any(|earlier| earlier.id == batch.id) {
            root.fault(&format!("批次“{}”写了两次", batch.id), &format!("batch `{}` is written twice", batch.id));
        }
    }
    if batches.is_empty() {
        root.fault("至少要有一个 [[batch]]", "at least one [[batch]] is needed");
    }
    let lines: Vec<BudgetLine> = root.tables("line").iter().map(line).collect();
    for batch in &batches {
        if !batch.pays.is_empty() && !lines.iter().any(|line| line.id == batch.pays) {
            let zh = format!("批次“{}”的 line“{}”没有对应的 [[line]]", batch.id, batch.pays);
            root.fault(&zh, &format!("batch `{}` names line `{}`, which no [[line]] is", batch.id, batch.pays));
        }
    }
    root.finish();
    Plan { office, batches, lines, registers }
}

fn batch(fields: &Fields) -> Batch {
    let budget = fields.literal_of("budget", Kind::Amount).and_then(|literal| match literal {
        Literal::Amount(fen) => Some(fen),
        _ => None,
    });
    if budget.is_some_and(|budget| budget < Fen::new(0)) {
        fields.fault("budget 不能小于零", "budget may not be below zero");
    }
    let batch = Batch {
        id: fields.text("id"),
        policy: fields.text("policy"),
        opens: fields.day("opens"),
        closes: fields.day("closes"),
        budget,
        pays: fields.text_or("line", ""),
        base: fields.text_or("base", ""),
        line: fields.line(),
    };
    if batch.closes < batch.opens {
        fields.fault("closes 早于 opens", "`closes` lies before `opens`");
    }
    fields.finish();
    batch
}

fn line(fields: &Fields) -> BudgetLine {
    let amount = match fields.needed_literal_of("amount", Kind::Amount) {
        Some(Literal::Amount(fen)) => fen,
        _ => Fen::new(0),
    };
    if amount < Fen::new(0) {
        fields.fault("amount 不能小于零", "amount may not be below zero");
    }
    let line = BudgetLine {
        id: fields.text("id"),
        unit: fields.text("unit"),
        year: fields.needed_whole("year") as i32,
        project: fields.text("project"),
        amount,
        closes: fields.day("closes"),
    };
    fields.finish();
    line
}

fn planned(fields: &Fields) -> Planned {
    let planned = Planned {
        id: fields.text("id"),
        file: fields.text("file"),
        source: fields.text("source"),
        date: Some(fields.day("date")),
        sha256: fields.text_or("sha256", "").to_lowercase(),
        key: fields.text_or("key", CREDIT_CODE),
        line: fields.line(),
    };
    fields.finish();
    planned
}

fn register(planned: Planned, bytes: Option<&Vec<u8>>, faults: &mut Vec<EvidenceFault>) -> Option<Register> {
    let Planned { id, file, source, date, sha256: wanted, key, line } = planned;
    let Some(bytes) = bytes else {
        let zh = format!("找不到文件 {file}；请检查 fund.toml 里的 file");
        faults.push(EvidenceFault::new(
            FUND_FILE,
            line,
            "",
            zh,
            format!("there is no {file}; check `file` in fund.toml"),
        ));
        return None;
    };
    let digest = sha256(bytes);
    if !wanted.is_empty() && wanted != digest {
        let zh = format!("文件内容与登记的 SHA-256 不符（现为 {}…）；文件被改动过", &digest[..16]);
        let en = format!("the file differs from its SHA-256 (it is {}… now): it was changed", &digest[..16]);
        faults.push(EvidenceFault::new(&file, 0, "", zh, en));
    }
    let mut rows = match rows::rows(&file, bytes) {
        Ok(rows) => rows,
        Err(fault) => {
            faults.push(fault);
            return None;
        }
    };
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    if rows.is_empty() {
        let zh = "表是空的；第一行应为表头".into();
        faults.push(EvidenceFault::new(&file, 0, "", zh, "the table is empty; its first row is the head".into()));
        return None;
    }
    let (head_row, heads) = rows.remove(0);
    let heads: Vec<String> = heads.iter().map(|head| head.trim().to_owned()).collect();
    check_heads(&file, head_row, &heads, &key, faults);
    for (row, cells) in rows.iter().filter(|(_, cells)| cells.len() > heads.len()) {
        let zh = format!("这一行有 {} 格，表头只有 {} 格", cells.len(), heads.len());
        let en = format!("this row has {} cells, the head has {}", cells.len(), heads.len());
        faults.push(EvidenceFault::new(&file, *row, "", zh, en));
    }
    Some(Register { id, source, date, sha256: digest, file, heads, rows, key })
}

fn check_heads(file: &str, row: u32, heads: &[String], key: &str, faults: &mut Vec<EvidenceFault>) {
    for (at, head) in heads.iter().enumerate() {
        if !head.is_empty() && heads[..at].contains(head) {
            let zh = format!("表头“{head}”出现两次");
            faults.push(EvidenceFault::new(file, row, head, zh, format!("the head `{head}` stands there twice")));
        }
    }
    if !heads.iter().any(|head| head == key) {
        let zh = format!("缺少“{key}”列，不知道每行是哪家企业；现有：{}", heads.join("、"));
        let en = format!("no column `{key}`: whose row is it? There are: {}", heads.join(", "));
        faults.push(EvidenceFault::new(file, row, key, zh, en));
    }
}

/// Every application has a number of its own and names a batch that exists.
fn check_applications(applications: &Register, batches: &[Batch], faults: &mut Vec<EvidenceFault>) {
    let file = &applications.file;
    let place = |name: &str| applications.heads.iter().position(|head| head == name);
    for name in [NUMBER, BATCH, NAME, DATE].into_iter().filter(|name| place(name).is_none()) {
        let zh = format!("缺少“{name}”列；现有：{}", applications.heads.join("、"));
        let en = format!("no column `{name}`; there are: {}", applications.heads.join(", "));
        faults.push(EvidenceFault::new(file, 1, name, zh, en));
    }
    let (Some(number), Some(batch)) = (place(NUMBER), place(BATCH)) else { return };
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for (at, (row, _)) in applications.rows.iter().enumerate() {
        let (id, of) = (applications.cell(at, number), applications.cell(at, batch));
        if id.is_empty() {
            let zh = "申请编号是空的".to_owned();
            faults.push(EvidenceFault::new(file, *row, NUMBER, zh, "the number is empty".into()));
        } else if id.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) || id.starts_with('.') {
            let zh = format!("申请编号“{id}”含有不能作文件名的字符");
            let en = format!("the number `{id}` holds a sign that no file name may have");
            faults.push(EvidenceFault::new(file, *row, NUMBER, zh, en));
        } else if let Some(earlier) = seen.insert(id, *row) {
            let zh = format!("申请编号“{id}”与第 {earlier} 行重复");
            faults.push(EvidenceFault::new(
                file,
                *row,
                NUMBER,
                zh,
                format!("`{id}` is the number of row {earlier} too"),
            ));
        }
        if !batches.iter().any(|batch| batch.id == of) {
            let known: Vec<&str> = batches.iter().map(|batch| batch.id.as_str()).collect();
            let zh = format!("没有批次“{of}”；fund.toml 里有：{}", known.join("、"));
            let en = format!("there is no batch `{of}`; fund.toml has: {}", known.join(", "));
            faults.push(EvidenceFault::new(file, *row, BATCH, zh, en));
        }
    }
}
