//! The words of `gouji fund` in both languages.

use super::Words;

/// Its verbs.
pub(super) const FUND_VERBS: &[Words] = &[
    Words {
        name: "demo",
        about: (
            "生成一个虚构的区：政策、登记数据、申请（内有重复、缺漏、出入），并审核，供试用",
            "invent a district, its policies, registers and applications with planted faults, and judge it, to try all of this",
        ),
        usage: ("gouji fund demo --output 文件夹 [选项]", "gouji fund demo --output DIR [OPTIONS]"),
        after: (
            "例子：\n  gouji fund demo --output 样例区\n  gouji fund replay 样例区",
            "Example:\n  gouji fund demo --output district --lang en\n  gouji fund replay district --lang en",
        ),
    },
    Words {
        name: "judge",
        about: (
            "审核各批次的申请：逐项条件、金额、名单、通知，全部可复核",
            "judge the applications of every batch: conditions, amounts, lists and letters, all to be checked by hand",
        ),
        usage: (
            "gouji fund judge 工作文件夹 [--output 文件夹] [选项]",
            "gouji fund judge DIR [--output DIR] [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund judge 龙岗 --output 龙岗/decisions",
            "Example:\n  gouji fund judge district --output district/decisions --lang en",
        ),
    },
    Words {
        name: "explain",
        about: (
            "说明一件申请的决定：每个条件的数据、来源、条款和算式",
            "explain one decision: figures, sources, clauses and working",
        ),
        usage: ("gouji fund explain 工作文件夹 申请编号 [选项]", "gouji fund explain DIR NUMBER [OPTIONS]"),
        after: (
            "例子：\n  gouji fund explain 龙岗 2019-0001",
            "Example:\n  gouji fund explain district 2019-0001 --lang en",
        ),
    },
    Words {
        name: "replay",
        about: (
            "由存档的证据和规定重算每个决定，与存档逐字节比较；改动过一个字节都会发现",
            "derive every decision again and compare it with what was kept, byte for byte",
        ),
        usage: ("gouji fund replay 工作文件夹 [选项]", "gouji fund replay DIR [OPTIONS]"),
        after: ("例子：\n  gouji fund replay 龙岗", "Example:\n  gouji fund replay district --lang en"),
    },
];

/// The help of its arguments.
pub(super) const FUND_ARGUMENTS: &[(&str, &str, &str)] = &[
    (
        "folder",
        "工作文件夹：fund.toml、policies、registers、applications.csv",
        "the working folder: fund.toml, policies, registers, applications.csv",
    ),
    ("demo output", "把工作文件夹写到这里", "write the working folder here"),
    (
        "seed",
        "随机数的起点；同一起点生成同样的文件（默认 1）",
        "where the chances start; the same seed makes the same files (1)",
    ),
    ("firms", "申请的企业数（默认 200）", "how many firms apply (200)"),
    ("batch", "只审核这个批次；不写则全部", "this batch only; all when absent"),
    (
        "judge output",
        "把决定、名单、通知写到这个文件夹，每批次一个子文件夹",
        "write decisions, lists and letters to this folder, one folder to a batch",
    ),
    ("number", "申请编号", "the number of the application"),
    (
        "decisions",
        "存档的决定；不写则为工作文件夹里的 decisions",
        "the decisions that were kept; `decisions` in the working folder when absent",
    ),
];
