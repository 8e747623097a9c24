//! The words of a decision: a base is no award, and an award of nothing is told as nothing.

use super::*;
use gouji_fund::evidence::{APPLICATIONS, CREDIT_CODE, Register};
use gouji_fund::policy::{
    Absent, AllocationRule, Binding, Formula, Input, Instalments, Kind, Operand, Pick, Policy, Rounding, Share, Step,
    Version,
};
use gouji_fund::work::{BATCH, Batch, DATE, NAME, NUMBER, PolicyFile, Work};
use gouji_fund::{CreditCode, Day};

#[test]
fn a_pure_share_shows_base_share_and_award() {
    let work = work(&["300", "100"], Some(Share::Pure), Some(200));
    let judged = work.judge(&work.batches[0]).unwrap();
    let letter = letter(&judged, 0, "", Lang::Zh);
    assert!(letter.contains("拟资助 1.50 元"), "{letter}");
    for part in ["预算 2.00 元", "基数合计 4.00 元", "本申请基数 3.00 元（基数不是资助额）", "安排 1.50 元"]
    {
        assert!(letter.contains(part), "{part}\n{letter}");
    }
    assert!(decisions_csv(&judged, Lang::Zh).contains("分配基数（元）"));
    let json: serde_json::Value = serde_json::from_str(&decisions_json(&judged, "", Lang::En)).unwrap();
    let first = &json["decisions"][0];
    assert_eq!((first["award"].as_str(), first["base"].as_str()), (Some("1.50"), Some("3.00")));
}

#[test]
fn a_base_without_a_budget_is_no_award() {
    let work = work(&["300"], Some(Share::Pure), None);
    let judged = work.judge(&work.batches[0]).unwrap();
    let letter = letter(&judged, 0, "", Lang::Zh);
    assert!(letter.contains("资助额尚未确定：基数 3.00 元") && !letter.contains("拟资助 3.00"), "{letter}");
}

#[test]
fn an_award_of_nothing_is_told_and_not_listed() {
    let work = work(&["0", "500"], None, None);
    let judged = work.judge(&work.batches[0]).unwrap();
    assert_eq!(judged.decisions.lanes, [Lane::Pass, Lane::Pass]);
    for (lang, said) in [(Lang::Zh, "符合全部条件，但算出的金额为 0 元"), (Lang::En, "the amount comes to 0 yuan")]
    {
        assert!(letter(&judged, 0, "", lang).contains(said));
        assert!(!letter(&judged, 1, "", lang).contains(said));
        assert_eq!(public_csv(&judged, lang).lines().count(), 2, "the head and one award");
    }
    assert!(batch_text(&judged, 100, Lang::Zh).contains("1 件算出金额为 0 元"));
}

/// Applicants with amounts in fen; the award is the amount.
fn work(amounts: &[&str], share: Option<Share>, budget: Option<i64>) -> Work {
    let day = Day::parse("2020-01-01").unwrap();
    let binding = Binding {
        register: APPLICATIONS.into(),
        column: "基数".into(),
        pick: Pick::Only,
        years_back: None,
        matching: Vec::new(),
        only: None,
        absent: Absent::Unknown,
    };
    let step = Step {
        name: "资助".into(),
        clause: "第一条".into(),
        formula: Formula::Plain(Operand::Name("基数".into())),
        when: None,
        floor: None,
        cap: None,
        rounding: Rounding::default(),
        line: 1,
    };
    let version = Version {
        id: "2020".into(),
        document: "样例".into(),
        from: day,
        to: None,
        mode: Mode::Approval,
        conditions: Vec::new(),
        steps: vec![step],
        award: "资助".into(),
        instalments: Instalments { parts: 1, months: 0 },
        allocation: share.map(|share| AllocationRule { share, cap: None, unit: Fen::new(1) }),
        switches: Vec::new(),
        line: 1,
    };
    let policy = Policy {
        id: "sample".into(),
        name: "样例".into(),
        department: "科".into(),
        project: "项目".into(),
        inputs: vec![Input { name: "基数".into(), kind: Kind::Amount, binding, line: 1 }],
        versions: vec![version],
    };
    let names = ["东岭光学有限公司", "西桥精密机械厂"];
    let rows = amounts.iter().zip(names).zip(1..).map(|((amount, name), number)| {
        let code = CreditCode::made("440307", number).unwrap().text().to_owned();
        let cells = [format!("R{number}"), "1".into(), name.into(), day.to_string(), code, (*amount).into()];
        (number + 1, cells.to_vec())
    });
    let heads = [NUMBER, BATCH, NAME, DATE, CREDIT_CODE, "基数（分）"];
    let applications = Register {
        id: APPLICATIONS.into(),
        source: "申请书".into(),
        date: None,
        sha256: String::new(),
        file: "applications.csv".into(),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        key: CREDIT_CODE.into(),
    };
    let batch = Batch {
        id: "1".into(),
        policy: "sample".into(),
        opens: day,
        closes: day,
        budget: budget.map(Fen::new),
        pays: String::new(),
        line: 1,
        base: String::new(),
    };
    Work {
        office: "局".into(),
        batches: vec![batch],
        lines: Vec::new(),
        policies: vec![PolicyFile { file: "sample.toml".into(), sha256: String::new(), policy }],
        registers: Vec::new(),
        applications,
        lifecycles: Vec::new(),
        rulings: Vec::new(),
        settings: (String::new(), String::new()),
    }
}
