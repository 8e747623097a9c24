//! Words around a figure: phrases that say nothing of its subject, and names that say something unknown.

/// The name that stands directly before a direction word, if any: 区人才专项资金增加.
pub(super) fn name_before(words: &str) -> Option<&str> {
    let words = words.trim_start_matches("其中:").trim_start_matches(['主', '要', '是']);
    let base = ["比", "较", "同比", "与", "相比", "其中", "预计", "共", "同时"];
    let said = base.iter().fold(words, |text, word| text.strip_prefix(word).map_or(text, |_| ""));
    (said.chars().count() >= 3 && !said.contains('年')).then_some(said)
}

/// Phrases that stand around a figure and say nothing about its subject, longest first.
pub(super) const USUAL: [&str; 79] = [
    "增减相抵后",
    "与上年相比",
    "按规定",
    "拟采购",
    "拟购买",
    "本年度",
    "相比",
    "今年",
    "收支",
    "均为",
    "此外",
    "各",
    "部门预算",
    "预算安排",
    "年初预算",
    "预算单位",
    "一般公共",
    "本部门",
    "本单位",
    "我部门",
    "我单位",
    "全部门",
    "所属各",
    "预算数",
    "决算数",
    "执行数",
    "我局",
    "我委",
    "我办",
    "涉及",
    "所属",
    "部门",
    "单位",
    "系统",
    "全年",
    "当年",
    "本年",
    "年度",
    "预算",
    "决算",
    "执行",
    "总额",
    "总计",
    "合计",
    "共计",
    "共有",
    "安排",
    "计划",
    "支出",
    "收入",
    "拨款",
    "财政",
    "资金",
    "金额",
    "经费",
    "用于",
    "主要",
    "其中",
    "包括",
    "根据",
    "截至",
    "按照",
    "分别",
    "预计",
    "总",
    "共",
    "含",
    "为",
    "是",
    "达",
    "的",
    "数",
    "约",
    "年",
    "度",
    "和",
    "及",
    "按",
    "中",
];

/// The words before a figure of final accounts say that it is the budget's.
pub(super) fn budget_words(words: &str) -> bool {
    let mut words = words.to_string();
    for book in ["一般公共预算", "政府性基金预算", "国有资本经营预算"] {
        words = words.replace(book, "");
    }
    words.contains("预算") && !words.contains("决算")
}

/// Words that the lexicon does not know and that name a sum of money: 会议费, 人才专项资金.
pub(super) fn names_something(words: &str) -> bool {
    ["费", "资金", "补贴", "补助", "奖金", "专项", "公积金", "(款)", "(项)", "项目", "工程"]
        .iter()
        .any(|mark| words.contains(mark))
}
