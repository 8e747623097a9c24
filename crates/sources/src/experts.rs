//! Experts of an office and their relations, as tables.
//!
//! ```text
//! experts.csv     专家编号,姓名,证件号,家庭住址,专业领域
//! relations.csv   专家编号,关系,对方,截止日期,说明
//! ```
//!
//! A party is named by the key that applications use too: a credit code, an identity number or its hash, a project's
//! number. A date is the last day of what is over, or the day of a paper; blank while it lasts.

use crate::programme::table_rows;
use gouji_fund::Day;
use gouji_fund::evidence::EvidenceFault;
use gouji_fund::experts::{Employment, Expert, JointWork};
use std::collections::HashMap;

/// The table of the experts.
pub const EXPERTS_FILE: &str = "experts.csv";
/// The table of their relations.
pub const RELATIONS_FILE: &str = "relations.csv";

const EXPERT_HEADS: [&str; 5] = ["专家编号", "姓名", "证件号", "家庭住址", "专业领域"];
const RELATION_HEADS: [&str; 5] = ["专家编号", "关系", "对方", "截止日期", "说明"];
const RELATIONS: [&str; 9] = ["任职", "持股", "法定代表人", "亲属", "师生", "合作", "项目", "报酬", "回避"];

/// An expert of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficeExpert {
    /// The number, by which draws name the expert.
    pub id: String,
    /// The name.
    pub name: String,
    /// The fields, such as `集成电路`, parted by `、` or `;`.
    pub fields: Vec<String>,
    /// What conflicts are looked for in.
    pub expert: Expert,
}

/// Reads experts and relations; the bytes of the second may be absent.
///
/// # Errors
/// Everything that is wrong in either table, each with its place.
pub fn read_experts(experts: &[u8], relations: Option<&[u8]>) -> Result<Vec<OfficeExpert>, Vec<EvidenceFault>> {
    let mut faults = Vec::new();
    let mut all: Vec<OfficeExpert> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (row, cells) in rows(EXPERTS_FILE, experts, &EXPERT_HEADS, &mut faults) {
        let [id, name, person, household, fields] = cells;
        if id.is_empty() || places.contains_key(&id) {
            let zh = if id.is_empty() {
                "专家编号是空的".to_owned()
            } else {
                format!("专家编号“{id}”写了两次")
            };
            let en = format!("the number `{id}` is empty or stands there twice");
            faults.push(EvidenceFault::new(EXPERTS_FILE, row, EXPERT_HEADS[0], zh, en));
            continue;
        }
        places.insert(id.clone(), all.len());
        let fields =
            fields.split(['、', ';', '；']).map(|field| field.trim().to_owned()).filter(|field| !field.is_empty());
        let fields = fields.collect();
        all.push(OfficeExpert { id, name, fields, expert: Expert { person, household, ..Expert::default() } });
    }
    for (row, cells) in
        relations.map_or_else(Vec::new, |bytes| rows(RELATIONS_FILE, bytes, &RELATION_HEADS, &mut faults))
    {
        let [id, relation, party, until, note] = cells;
        let mut wrong = |at: usize, zh: String, en: String| {
            faults.push(EvidenceFault::new(RELATIONS_FILE, row, RELATION_HEADS[at], zh, en));
        };
        let Some(place) = places.get(&id) else {
            wrong(0, format!("{EXPERTS_FILE} 里没有编号“{id}”"), format!("{EXPERTS_FILE} has no number `{id}`"));
            continue;
        };
        let day = match until.as_str() {
            "" => None,
            text => match Day::read(text) {
                Some(day) => Some(day),
                None => {
                    wrong(
                        3,
                        format!("“{text}”不是日期；请写如 2019-06-18"),
                        format!("`{text}` is no day, like 2019-06-18"),
                    );
                    continue;
                }
            },
        };
        if party.is_empty() {
            wrong(2, "对方是空的".into(), "the other party is empty".into());
            continue;
        }
        let expert = &mut all[*place].expert;
        if let Err((at, zh, en)) = relate(expert, &relation, party, day, note) {
            wrong(at, zh, en);
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

type Wrong = (usize, String, String);

fn relate(expert: &mut Expert, relation: &str, party: String, day: Option<Day>, note: String) -> Result<(), Wrong> {
    let dated = || {
        let zh = format!("“{relation}”要写截止日期，过了年限就不再回避");
        day.ok_or_else(|| (3, zh, format!("`{relation}` needs its last day: after some years it counts no more")))
    };
    match relation {
        "任职" => expert.employments.push(Employment { unit: party, until: day }),
        "持股" => expert.shares.push(party),
        "法定代表人" => expert.represents.push(party),
        "亲属" => expert.relatives.push(party),
        "师生" => expert.advisers_and_students.push(party),
        "合作" => expert.works.push(JointWork { title: note, day: dated()?, persons: vec![party] }),
        "项目" => expert.projects.push((party, dated()?)),
        "报酬" => expert.payers.push((party, dated()?)),
        "回避" => expert.declared.push(party),
        other => {
            let zh = format!("没有关系“{other}”；有：{}", RELATIONS.join("、"));
            return Err((1, zh, format!("there is no relation `{other}`; there are: {}", RELATIONS.join(", "))));
        }
    }
    Ok(())
}

/// The rows under fixed heads.
fn rows<const N: usize>(
    file: &str,
    bytes: &[u8],
    heads: &[&str; N],
    faults: &mut Vec<EvidenceFault>,
) -> Vec<(u32, [String; N])> {
    let rows = match table_rows(file, bytes) {
        Ok(rows) => rows,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut rows = rows.into_iter();
    let first: Vec<String> = rows.next().map_or_else(Vec::new, |(_, cells)| cells);
    if !first.iter().map(|head| head.trim()).eq(heads.iter().copied()) {
        let zh = format!("表头应为：{}", heads.join(","));
        faults.push(EvidenceFault::new(file, 1, "", zh, format!("the heads should be: {}", heads.join(","))));
        return Vec::new();
    }
    let filled = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let trimmed = |cells: &[String], at: usize| cells.get(at).map_or_else(String::new, |cell| cell.trim().to_owned());
    filled.map(|(row, cells)| (row, std::array::from_fn(|at| trimmed(&cells, at)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_model::Lang;

    #[test]
    fn faults_are_told_with_their_places_in_one_run() {
        let experts = "专家编号,姓名,证件号,家庭住址,专业领域\nE1,甲,p1,,集成电路、软件\nE1,乙,p2,,\n";
        let relations = "专家编号,关系,对方,截止日期,说明\nE1,任职,U1,,\nE9,任职,U1,,\nE1,合作,p7,,论文\nE1,同乡,p8,,\nE1,报酬,U2,昨天,\n";
        let faults = read_experts(experts.as_bytes(), Some(relations.as_bytes())).unwrap_err();
        let told: Vec<String> = faults.iter().map(|fault| format!("{fault} {}", fault.text(Lang::Zh))).collect();
        assert_eq!(told.len(), 5, "{told:#?}");
        assert!(told[0].starts_with("experts.csv:3 [专家编号]") && told[3].contains("有：任职、持股"), "{told:#?}");
        let alone = "专家编号,姓名,证件号,家庭住址,专业领域\nE1,甲,p1,,集成电路、软件\n";
        let read = read_experts(alone.as_bytes(), Some("专家编号,关系,对方,截止日期,说明\nE1,任职,U1,,\n".as_bytes()))
            .unwrap();
        assert_eq!(read[0].fields, ["集成电路", "软件"]);
        assert_eq!(read[0].expert.employments[0].unit, "U1");
    }
}
