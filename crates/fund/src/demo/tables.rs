//! Rows of the invented registers.

use super::YEAR;
use crate::Firm;
use crate::dice::Dice;
use gouji_model::csv_cell;

/// A table as it is written.
pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(heads: &[&str]) -> Table {
        Table { text: format!("{}\n", heads.join(",")) }
    }

    pub(super) fn add(&mut self, cells: Vec<String>) {
        let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        self.text.push_str(&cells.join(","));
        self.text.push('\n');
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// What is true of a firm.
pub(super) struct Facts {
    pub firm: Firm,
    pub code: String,
    /// Sales of the year before in fen.
    pub sales: i64,
    /// R&D expense of the year before in fen.
    pub research: i64,
    /// The number of its certificate.
    pub certificate: Option<String>,
}

pub(super) fn firm_facts(firm: &Firm, dice: &mut Dice) -> Facts {
    // From half a million to a few hundred million yuan, small firms far more often.
    let scale = 10_i64.pow(3 + dice.roll(3) as u32);
    let sales = (500 + dice.roll(9_500) as i64) * scale * 100 + dice.roll(100) as i64;
    let share = [0, 20, 35, 45, 60, 80, 120, 300][dice.roll(8)];
    let research = sales / 1000 * share + dice.roll(10_000) as i64 * i64::from(share > 0);
    let certificate = dice.happens(350).then(|| format!("GR2018{}", dice.digits(8)));
    Facts { firm: firm.clone(), code: firm.credit_code.clone(), sales, research, certificate }
}

pub(super) fn enterprise(facts: &Facts, dice: &mut Dice) -> Vec<String> {
    let firm = &facts.firm;
    let founded = if dice.happens(30) { date(dice, 2019, 1) } else { date(dice, 2000, 18) };
    let here = if dice.happens(985) { "是" } else { "否" };
    let pool = if dice.happens(120) { "是" } else { "否" };
    let owned = [&facts.code, &firm.name, &firm.representative].map(|text| text.clone()).to_vec();
    // What follows from the code and not from the dice leaves the rest of the district as it is.
    let place = firm.credit_code.bytes().map(usize::from).sum::<usize>();
    let (industry, town) = (INDUSTRIES[place % INDUSTRIES.len()], TOWNS[place / 3 % TOWNS.len()]);
    let facts = [here, pool, town, industry.0, industry.1].map(str::to_owned).to_vec();
    [owned, vec![founded], facts, vec![firm.address.clone()]].concat()
}

/// Industries of a district of technology: code and name of GB/T 4754-2017.
const INDUSTRIES: &[(&str, &str)] = &[
    ("C2761", "生物药品制造"),
    ("C3491", "工业机器人制造"),
    ("C3525", "模具制造"),
    ("C3562", "半导体器件专用设备制造"),
    ("C3581", "医疗诊断、监护及治疗设备制造"),
    ("C3841", "锂离子电池制造"),
    ("C3921", "通信系统设备制造"),
    ("C3963", "智能无人飞行器制造"),
    ("C3982", "电子电路制造"),
    ("I6513", "应用软件开发"),
    ("I6520", "集成电路设计"),
    ("I6531", "信息系统集成服务"),
    ("M7320", "工程和技术研究和试验发展"),
];

/// Streets of the invented district.
const TOWNS: &[&str] = &["东溪街道", "南岗街道", "柳林街道", "石桥街道", "云台街道"];

pub(super) fn tax_rows(facts: &Facts, dice: &mut Dice) -> Vec<Vec<String>> {
    // One firm in a hundred is not in the tax office's table: nobody knows.
    if dice.happens(10) {
        return Vec::new();
    }
    let grade = *dice.choose(&["A", "A", "B", "B", "B", "B", "M", "M", "C", "D"]);
    let here = if dice.happens(985) { "是" } else { "否" };
    let yuan = |fen: i64| format!("{}.{:02}", fen / 100, fen % 100);
    [(YEAR - 2, 4), (YEAR - 1, 5)]
        .map(|(year, fifths)| {
            let (sales, research) =
                (facts.sales / 5 * fifths, if fifths == 5 { facts.research } else { facts.research / 2 });
            let sales = if fifths == 5 { facts.sales } else { sales };
            vec![
                facts.code.clone(),
                year.to_string(),
                yuan(sales),
                yuan(research),
                yuan(sales / 20),
                grade.into(),
                here.into(),
            ]
        })
        .to_vec()
}

/// A day in one of so many years.
pub(super) fn date(dice: &mut Dice, from: i32, years: usize) -> String {
    format!("{:04}-{:02}-{:02}", from + dice.roll(years) as i32, 1 + dice.roll(12), 1 + dice.roll(28))
}
