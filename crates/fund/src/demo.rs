//! An invented district: firms, registers with gaps and slips, policies and applications, all from a seed.
//!
//! What was planted is told in a list of its own, so that what is found can be compared with it.

mod tables;

use crate::dice::Dice;
use crate::{Noise, Recipe, Sample};
use std::fmt::Write;
use tables::{Table, enterprise, firm_facts, tax_rows};

/// What to invent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct District {
    /// How many applications for R&D; those for certificates come on top.
    pub firms: usize,
    /// Where the chances start.
    pub seed: u64,
}

/// The year of the demonstration's batches.
pub const YEAR: i32 = 2019;

/// The files of the working folder, each with its path inside it; the last one tells what was planted.
///
/// The same district makes the same bytes.
pub fn demo(district: District) -> Vec<(String, String)> {
    let recipe = Recipe { noise: Noise::Middle, ..Recipe::usual(district.firms.max(1), district.seed) };
    let sample = recipe.sample();
    let mut dice = Dice::new(district.seed ^ 0x6F75_6A69);
    let (mut tables, mut seen) = (Tables::new(), std::collections::BTreeSet::new());
    for (at, firm) in sample.firms.iter().enumerate() {
        // A re-application in disguise has no records of its own: the registers know the firm only once.
        let is_first = seen.insert(sample.identities[at]);
        let facts = firm_facts(firm, &mut dice);
        if is_first {
            tables.enterprises.add(enterprise(&facts, &mut dice));
            for row in tax_rows(&facts, &mut dice) {
                tables.tax.add(row);
            }
            tables.add_statistics(&facts, &mut dice);
            tables.add_certificate(&facts, &mut dice);
            for holder in &firm.shareholders {
                let share = format!("{}.{:02}%", holder.share / 100, holder.share % 100);
                tables.shareholders.add(vec![
                    facts.code.clone(),
                    holder.name.clone(),
                    holder.credit_code.clone(),
                    share,
                ]);
            }
        }
        tables.apply(&facts, at, &mut dice);
    }
    let planted = planted(&sample);
    let mut files = vec![
        ("fund.toml".to_owned(), fund_file(district)),
        ("policies/high-tech.toml".to_owned(), include_str!("demo/high-tech.toml").to_owned()),
        ("policies/research.toml".to_owned(), include_str!("demo/research.toml").to_owned()),
    ];
    files.extend(tables.into_files());
    files.extend(experts(&sample, district.seed));
    files.push(("planted.txt".to_owned(), planted));
    files
}

/// All tables that are written.
struct Tables {
    enterprises: Table,
    tax: Table,
    statistics: Table,
    certificates: Table,
    awards: Table,
    discredited: Table,
    shareholders: Table,
    applications: Table,
}

impl Tables {
    fn new() -> Tables {
        let code = "统一社会信用代码";
        Tables {
            enterprises: Table::new(&[
                code,
                "企业名称",
                "法定代表人",
                "成立日期",
                "注册地在本区",
                "国高培育库",
                "街道",
                "行业代码",
                "行业",
                "地址",
            ]),
            tax: Table::new(&[
                code,
                "年度",
                "营业收入（元）",
                "加计扣除研发费用（元）",
                "缴纳税款（元）",
                "纳税信用等级",
                "纳税地在本区",
            ]),
            statistics: Table::new(&[code, "年度", "研发费用（万元）", "统计地在本区"]),
            certificates: Table::new(&[code, "证书编号", "发证日期", "认定类型", "发证时在本区"]),
            awards: Table::new(&[code, "项目", "年度", "证书编号", "金额（元）"]),
            discredited: Table::new(&[code, "列入日期", "事由"]),
            shareholders: Table::new(&[code, "股东", "股东信用代码", "持股比例"]),
            applications: Table::new(&[
                "申请编号",
                "批次",
                code,
                "企业名称",
                "申请日期",
                "申报研发费用（元）",
                "证书编号",
                "法定代表人",
                "联系人",
                "联系电话",
                "银行账号",
                "地址",
            ]),
        }
    }

    fn add_statistics(&mut self, facts: &tables::Facts, dice: &mut Dice) {
        // One firm in fifty has not reported to the statistics office: nobody knows its figure.
        if dice.happens(20) {
            return;
        }
        let slip = if dice.happens(40) { 2 } else { 1 };
        let ten_thousands = facts.research / 1_000_000 / slip;
        let here = if dice.happens(980) { "是" } else { "否" };
        self.statistics.add(vec![facts.code.clone(), (YEAR - 1).to_string(), ten_thousands.to_string(), here.into()]);
    }

    fn add_certificate(&mut self, facts: &tables::Facts, dice: &mut Dice) {
        if dice.happens(8) {
            let reason = *dice.choose(&["拒不履行判决", "骗取财政资金", "重大税收违法"]);
            self.discredited.add(vec![facts.code.clone(), tables::date(dice, 2016, 3), reason.into()]);
        }
        let Some(number) = &facts.certificate else { return };
        let kind = if dice.happens(600) { "首次认定" } else { "重新认定" };
        let here = if dice.happens(930) { "是" } else { "否" };
        let day = tables::date(dice, 2016, 3);
        self.certificates.add(vec![facts.code.clone(), number.clone(), day, kind.into(), here.into()]);
        if dice.happens(60) {
            let row = ["国家高新技术企业认定激励", "2018", number, "300000.00"];
            self.awards.add([vec![facts.code.clone()], row.map(str::to_owned).to_vec()].concat());
        }
    }

    fn apply(&mut self, facts: &tables::Facts, at: usize, dice: &mut Dice) {
        let day = if dice.happens(5) { "2019-07-20".to_owned() } else { format!("2019-06-{:02}", 18 + dice.roll(13)) };
        // Most firms declare what the tax office has; some round it, some declare more.
        let declared = match dice.roll(100) {
            0..=79 => facts.research,
            80..=94 => facts.research / 1_000_000 * 1_000_000,
            _ => facts.research + facts.research / 5,
        };
        let declared = format!("{}.{:02}", declared / 100, declared % 100);
        let firm = &facts.firm;
        let who =
            [&firm.representative, &firm.contact, &firm.phone, &firm.account, &firm.address].map(|text| text.clone());
        let row = |number: String, batch: &str, declared: String, certificate: String| {
            let head = vec![number, batch.into(), firm.credit_code.clone(), firm.name.clone(), day.clone()];
            [head, vec![declared, certificate], who.to_vec()].concat()
        };
        self.applications.add(row(format!("R{:06}", at + 1), "2019-R1", declared, String::new()));
        if let Some(certificate) = &facts.certificate {
            self.applications.add(row(format!("H{:06}", at + 1), "2019-H1", String::new(), certificate.clone()));
        }
    }

    fn into_files(self) -> Vec<(String, String)> {
        let file = |name: &str, table: Table| (name.to_owned(), table.into_text());
        vec![
            file("registers/enterprises.csv", self.enterprises),
            file("registers/tax.csv", self.tax),
            file("registers/statistics.csv", self.statistics),
            file("registers/high-tech.csv", self.certificates),
            file("registers/awards.csv", self.awards),
            file("registers/discredited.csv", self.discredited),
            file("registers/shareholders.csv", self.shareholders),
            file("applications.csv", self.applications),
        ]
    }
}

/// `fund.toml`: the budget of the R&D batch is about four fifths of what such firms come to.
fn fund_file(district: District) -> String {
    let budget = district.firms as i64 * 14;
    let line = budget * 3 / 2;
    let mut text = String::from(
        "# 样例工作文件夹：由 gouji fund demo 生成，企业、数据均属虚构。\n\
         # 批次各用一项政策；budget 为该批次可用的预算，超出时按政策的 allocation 比例核减。\n\n\
         [office]\nname = \"云州市清河区科技创新局\"\n\n",
    );
    // A String takes every line.
    let _ = write!(
        text,
        "[[line]]\nid = \"special\"\nunit = \"云州市清河区科技创新局本级\"\nyear = 2019\nproject = \"区经济与科技发展专项资金\"\n\
         amount = \"{line}万元\"\ncloses = 2019-12-31\n\n\
         [[batch]]\nid = \"2019-R1\"\npolicy = \"research\"\nopens = 2019-06-18\ncloses = 2019-07-11\nbudget = \"{budget}万元\"\nline = \"special\"\nbase = \"核定基数\"\n\n\
         [[batch]]\nid = \"2019-H1\"\npolicy = \"high-tech\"\nopens = 2019-06-18\ncloses = 2019-07-11\nline = \"special\"\n"
    );
    for (id, source) in [
        ("enterprises", "区市场监督管理局"),
        ("tax", "区税务局"),
        ("statistics", "区统计局"),
        ("high-tech", "国家高新技术企业认定名单"),
        ("awards", "本局历年资助台账"),
        ("discredited", "严重失信主体名单"),
        ("shareholders", "区市场监督管理局（股东）"),
    ] {
        let _ = write!(
            text,
            "\n[[register]]\nid = \"{id}\"\nfile = \"registers/{id}.csv\"\nsource = \"{source}\"\ndate = 2019-07-12\n"
        );
    }
    text
}

/// Twenty experts, some of them tied to firms that apply.
fn experts(sample: &Sample, seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice::new(seed ^ 0x4558_5045);
    let mut experts = String::from("专家编号,姓名,证件号,家庭住址,专业领域\n");
    let mut relations = String::from("专家编号,关系,对方,截止日期,说明\n");
    for at in 1..=20 {
        let name = format!(
            "{}{}",
            dice.choose(&["赵", "钱", "孙", "李", "周"]),
            dice.choose(&["一鸣", "思远", "文", "建国", "晓"])
        );
        let fields: Vec<&str> =
            (0..2).map(|_| *dice.choose(&["集成电路", "软件", "生物医药", "新材料", "智能制造"])).collect();
        // A String takes every line.
        let _ = writeln!(experts, "E{at:03},{name},P{at:03},,{}", fields.join("、"));
        let firm = &sample.firms[dice.roll(sample.firms.len())];
        if firm.credit_code.is_empty() || firm.representative.is_empty() {
            continue;
        }
        let (code, person) = (&firm.credit_code, &firm.representative);
        let _ = match at {
            1..=4 => writeln!(relations, "E{at:03},任职,{code},,"),
            5..=6 => writeln!(relations, "E{at:03},任职,{code},2018-03-31,已离职"),
            7..=8 => writeln!(relations, "E{at:03},持股,{code},,"),
            9..=10 => writeln!(relations, "E{at:03},亲属,{person},,"),
            11 => writeln!(relations, "E{at:03},合作,{person},2018-05-01,合著论文"),
            12 => writeln!(relations, "E{at:03},报酬,{code},2019-01-15,咨询费"),
            13 => writeln!(relations, "E{at:03},回避,{code},,本人声明"),
            _ => Ok(()),
        };
    }
    vec![("experts.csv".to_owned(), experts), ("relations.csv".to_owned(), relations)]
}

/// What was planted, for who wants to compare.
fn planted(sample: &Sample) -> String {
    let mut text = String::from("改头换面的重复申请（申请编号，同一行为同一企业）\n");
    let mut groups: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, identity) in sample.identities.iter().enumerate() {
        groups.entry(*identity).or_default().push(at);
    }
    let line = |members: &[usize]| members.iter().map(|at| format!("R{:06}", at + 1)).collect::<Vec<_>>().join(" ");
    for members in groups.values().filter(|members| members.len() > 1) {
        let _ = writeln!(text, "{}", line(members));
    }
    text.push_str("\n同一控制的企业（申请编号，同一行为同一控制）\n");
    let mut rings: std::collections::BTreeMap<u32, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, ring) in sample.rings.iter().enumerate() {
        if let Some(ring) = ring {
            rings.entry(*ring).or_default().push(at);
        }
    }
    for members in rings.values() {
        let _ = writeln!(text, "{}", line(members));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_bytes_and_another_seed_others() {
        let make = |seed| demo(District { firms: 60, seed });
        assert_eq!(make(1), make(1));
        assert_ne!(make(1), make(2));
    }
}
