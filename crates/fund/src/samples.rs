//! Small policies for tests.

use crate::Day;
use crate::policy::{
    Absent, Binding, Compare, Condition, Failure, Formula, Input, Instalments, Kind, Literal, Mode, Operand, Pick,
    Policy, Ratio, Rounding, Step, Test, Value, Version,
};
use gouji_model::Fen;

pub(crate) fn amount_input(name: &str) -> Input {
    let (register, column) = ("tax".into(), name.into());
    let (matching, only) = (Vec::new(), None);
    let binding =
        Binding { register, column, pick: Pick::Only, years_back: None, matching, only, absent: Absent::Unknown };
    Input { name: name.into(), kind: Kind::Amount, binding, line: 1 }
}

pub(crate) fn policy(inputs: Vec<Input>, versions: Vec<Version>) -> Policy {
    let (id, name) = ("sample".into(), "示例".into());
    Policy { id, name, department: "示例局".into(), project: "示例项目".into(), inputs, versions }
}

/// A rate of 研发费用 in percent up to a cap, from a threshold on; amounts in fen.
pub(crate) fn version(id: &str, percent: i64, cap: i64, from: i64) -> Version {
    let amount = |fen| Operand::Literal(Literal::Amount(Fen::new(fen)));
    let base = || Operand::Name("研发费用".into());
    let left = Value::Plain(base());
    let test = Test::Compare { left, how: Compare::AtLeast, right: Value::Plain(amount(from)) };
    let (name, clause) = ("起点".into(), "第一条".into());
    let condition = Condition { name, clause, test, when: None, failure: Failure::Refuse, line: 2 };
    let rate = Operand::Literal(Literal::Ratio(Ratio::new(percent, 100).unwrap()));
    let step = Step {
        name: "资助".into(),
        clause: "第二条".into(),
        formula: Formula::Rate { rate, of: base() },
        when: None,
        floor: None,
        cap: Some(amount(cap)),
        rounding: Rounding::default(),
        line: 3,
    };
    Version {
        id: id.into(),
        document: "示例〔2019〕1号".into(),
        from: Day::parse("2019-01-01").unwrap(),
        to: None,
        mode: Mode::Approval,
        conditions: vec![condition],
        steps: vec![step],
        award: "资助".into(),
        instalments: Instalments { parts: 1, months: 0 },
        allocation: None,
        switches: Vec::new(),
        line: 1,
    }
}
