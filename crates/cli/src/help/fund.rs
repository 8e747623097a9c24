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
            "由存档的证据和规定重算每个决定、名单和通知，逐字节比较；改动过一个字节都会发现",
            "derive every decision, list and letter again from the kept evidence and compare, byte for byte",
        ),
        usage: ("gouji fund replay 工作文件夹 [选项]", "gouji fund replay DIR [OPTIONS]"),
        after: ("例子：\n  gouji fund replay 龙岗", "Example:\n  gouji fund replay district --lang en"),
    },
    Words {
        name: "decide",
        about: (
            "人工决定一件或一批转人工的申请，写明理由；之后的审核、名单、通知都以此为准",
            "decide one case that registers leave open, or a table of them, with a reason; judging goes by it from then on",
        ),
        usage: (
            "gouji fund decide 工作文件夹 申请编号 --pass|--refuse --by 经办人 --reason 理由 [选项]",
            "gouji fund decide DIR NUMBER --pass|--refuse --by NAME --reason TEXT [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund decide 样例区 R000008 --pass --amount 4395.01 --by 张三 --reason 已核对统计报表\n  \
             gouji fund decide 样例区 --from 决定.csv --by 张三      （表头：申请编号,决定,金额（元）,理由）",
            "Example:\n  gouji fund decide district R000008 --pass --amount 4395.01 --by Zhang --reason checked --lang en\n  \
             gouji fund decide district --from table.csv --by Zhang --lang en",
        ),
    },
    Words {
        name: "act",
        about: (
            "办理一步：受理、核查、拟资助、不予资助、公示、提出异议、答复异议、维持、审定、确认账户……",
            "do a step: accept, check, propose, reject, publish, object, answer, uphold, approve, confirm account …",
        ),
        usage: (
            "gouji fund act 工作文件夹 动作 申请编号|--batch 批次 --by 姓名 [选项]",
            "gouji fund act DIR ACTION NUMBER|--batch ID --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund act 样例区 公示 --batch 2019-H1 --by 李四\n  \
             gouji fund act 样例区 提出异议 H000002 --by 某公司 --reason 发证日期有误",
            "Example:\n  gouji fund act district publish --batch 2019-H1 --by Li --lang en\n  \
             gouji fund act district object H000002 --by Firm --reason \"another day\" --lang en",
        ),
    },
    Words {
        name: "history",
        about: (
            "一件申请的全部办理记录：何时、何人、何事、理由、版本，下一步可以做什么",
            "everything that was done with an application: when, who, what, why, which version, and what is possible next",
        ),
        usage: ("gouji fund history 工作文件夹 申请编号 [选项]", "gouji fund history DIR NUMBER [OPTIONS]"),
        after: (
            "例子：\n  gouji fund history 样例区 H000002",
            "Example:\n  gouji fund history district H000002 --lang en",
        ),
    },
    Words {
        name: "reserve",
        about: (
            "按审核结果预留资金：每件一笔，合计不会超过预算项目的额度",
            "hold money for every award of a batch; the line can never be overdrawn",
        ),
        usage: (
            "gouji fund reserve 工作文件夹 --batch 批次 --by 经办人 [选项]",
            "gouji fund reserve DIR --batch ID --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund reserve 样例区 --batch 2019-R1 --by 张三",
            "Example:\n  gouji fund reserve district --batch 2019-R1 --by Zhang --lang en",
        ),
    },
    Words {
        name: "commit",
        about: (
            "下达：把预留的资金转为应付，按规定分期",
            "make reserved money an obligation, with the instalments of the rule",
        ),
        usage: (
            "gouji fund commit 工作文件夹 --batch 批次 --by 经办人 [选项]",
            "gouji fund commit DIR --batch ID --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund commit 样例区 --batch 2019-R1 --by 李四",
            "Example:\n  gouji fund commit district --batch 2019-R1 --by Li --lang en",
        ),
    },
    Words {
        name: "pay",
        about: ("拨付到期的资金", "pay what is due"),
        usage: (
            "gouji fund pay 工作文件夹 --batch 批次 --by 经办人 [选项]",
            "gouji fund pay DIR --batch ID --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund pay 样例区 --batch 2019-R1 --by 王五",
            "Example:\n  gouji fund pay district --batch 2019-R1 --by Wang --lang en",
        ),
    },
    Words {
        name: "release",
        about: ("释放一件预留或应付的资金，退回预算项目", "give money held for an award back to the line"),
        usage: (
            "gouji fund release 工作文件夹 --batch 批次 --number 编号 --amount 元 --by 经办人 [选项]",
            "gouji fund release DIR --batch ID --number NUMBER --amount YUAN --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund release 样例区 --batch 2019-R1 --number R000002 --amount 100 --by 张三",
            "Example:\n  gouji fund release district --batch 2019-R1 --number R000002 --amount 100 --by Zhang --lang en",
        ),
    },
    Words {
        name: "recover",
        about: ("追回已拨付的资金（上缴国库，不再由本项目支出）", "take paid money back; it goes to the treasury"),
        usage: (
            "gouji fund recover 工作文件夹 --batch 批次 --number 编号 --amount 元 --by 经办人 [选项]",
            "gouji fund recover DIR --batch ID --number NUMBER --amount YUAN --by NAME [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund recover 样例区 --batch 2019-R1 --number R000002 --amount 100 --by 张三",
            "Example:\n  gouji fund recover district --batch 2019-R1 --number R000002 --amount 100 --by Zhang --lang en",
        ),
    },
    Words {
        name: "status",
        about: (
            "各预算项目的额度、预留、应付、已付和余额，并核对台账没有被改动",
            "what every budget line bears; the ledger is verified on the way",
        ),
        usage: ("gouji fund status 工作文件夹 [选项]", "gouji fund status DIR [OPTIONS]"),
        after: (
            "例子：\n  gouji fund status 样例区 --awards",
            "Example:\n  gouji fund status district --awards --lang en",
        ),
    },
    Words {
        name: "lint",
        about: (
            "检查政策文件：档次缺口和重叠、永远不起作用的条件、单位错位等，各附一个反例",
            "what is suspicious in policy files: gaps, overlaps, dead conditions, slips of units; each with an applicant who shows it",
        ),
        usage: ("gouji fund lint 政策文件... [选项]", "gouji fund lint POLICY... [OPTIONS]"),
        after: ("例子：\n  gouji fund lint 样例区/policies", "Example:\n  gouji fund lint district/policies --lang en"),
    },
    Words {
        name: "whatif",
        about: (
            "用改过的政策重算同一批申请：花多少钱、谁多谁少",
            "a changed policy on the same applications: cost, winners, losers",
        ),
        usage: (
            "gouji fund whatif 工作文件夹 --batch 批次 --with 政策文件 [选项]",
            "gouji fund whatif DIR --batch ID --with FILE [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund whatif 样例区 --batch 2019-R1 --with 新规.toml",
            "Example:\n  gouji fund whatif district --batch 2019-R1 --with new.toml --lang en",
        ),
    },
    Words {
        name: "entitle",
        about: (
            "免申即享：由登记表直接找出可享受的企业，不用申请",
            "who is entitled without applying, found in a register",
        ),
        usage: (
            "gouji fund entitle 工作文件夹 --policy 政策 --from 登记表 --date 日期 [选项]",
            "gouji fund entitle DIR --policy ID --from REGISTER --date DATE [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji fund entitle 样例区 --policy high-tech --from high-tech --date 2019-07-01",
            "Example:\n  gouji fund entitle district --policy high-tech --from high-tech --date 2019-07-01 --lang en",
        ),
    },
    Words {
        name: "related",
        about: (
            "列出疑似同一企业的申请和疑似同一控制的企业，各附证据；只供人工核查",
            "applications that look like one firm and firms that look like one hand, each with its evidence; for people to look at",
        ),
        usage: ("gouji fund related 工作文件夹 --batch 批次 [选项]", "gouji fund related DIR --batch ID [OPTIONS]"),
        after: (
            "例子：\n  gouji fund related 样例区 --batch 2019-R1",
            "Example:\n  gouji fund related district --batch 2019-R1 --lang en",
        ),
    },
    Words {
        name: "experts",
        about: (
            "为一个批次抽取评审专家：九种关系回避，负担均衡，可用同一种子重抽核对",
            "draw experts for a batch: none with a conflict, a balanced load, and a draw that can be repeated from its seed",
        ),
        usage: (
            "gouji fund experts 工作文件夹 --batch 批次 --seed 种子 [选项]",
            "gouji fund experts DIR --batch ID --seed TEXT [OPTIONS]",
        ),
        after: (
            "工作文件夹里要有 experts.csv（专家编号,姓名,证件号,家庭住址,专业领域）和 relations.csv（专家编号,关系,对方,截止日期,说明）\n\
             例子：\n  gouji fund experts 样例区 --batch 2019-H1 --seed 2019-07-12双色球开奖号 --output 评审名单.csv",
            "The working folder has experts.csv and relations.csv; see the guide.\n\
             Example:\n  gouji fund experts district --batch 2019-H1 --seed 2019-07-12 --output list.csv --lang en",
        ),
    },
    Words {
        name: "performance",
        about: (
            "由审核和台账算出绩效指标（表十四的栏目）和下一年的项目预算依据",
            "indicators of a batch or a budget line in the fields of 表十四, and the basis of next year's line",
        ),
        usage: ("gouji fund performance 工作文件夹 [选项]", "gouji fund performance DIR [OPTIONS]"),
        after: (
            "例子：\n  gouji fund performance 样例区\n  gouji fund performance 样例区 --batch 2019-R1 --expected 130",
            "Example:\n  gouji fund performance district --lang en\n  \
             gouji fund performance district --batch 2019-R1 --expected 130 --lang en",
        ),
    },
    Words {
        name: "export",
        about: (
            "台账与预算账对账；把下一年的项目金额、绩效目标、依据和指标写进下一年的预算账",
            "hold a budget line against the books; put next year's amount, goal, basis and indicators into next year's books",
        ),
        usage: (
            "gouji fund export 工作文件夹 --books 预算账 [--output 新预算账] [选项]",
            "gouji fund export DIR --books BOOKS [--output BOOKS] [OPTIONS]",
        ),
        after: (
            "例子：\n  gouji new --from 2019账 --year 2020 --output 2020账\n  \
             gouji fund export 样例区 --books 2020账 --expected 2019-R1=130 --output 2020账（新）",
            "Example:\n  gouji new --from books-2019 --year 2020 --output books-2020\n  \
             gouji fund export district --books books-2020 --expected 2019-R1=130 --output books-2020-new --lang en",
        ),
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
    ("policies", "政策文件（.toml），或存有政策文件的文件夹", "policy files (.toml), or folders of them"),
    ("with", "改过的政策文件", "the changed policy"),
    ("most", "最多列出几家（默认 10）", "how many winners and losers are listed (10)"),
    ("policy", "政策的 id", "the id of the policy"),
    ("entitle from", "登记表的 id，每行当作一件申请", "the id of the register whose rows stand for applications"),
    ("entitle output", "把名单写成 CSV", "write the list as CSV"),
    (
        "expected",
        "下一年预计的资助件数，可按批次写：2019-R1=130；不写则与今年相同",
        "how many awards next year is expected to have, by batch if you like: 2019-R1=130; as many as this year when absent",
    ),
    (
        "line",
        "预算项目在 fund.toml 里的 id；只有一个时不用写",
        "the id of the budget line in fund.toml; needless when there is one only",
    ),
    (
        "books",
        "本年度（对账）或下一年度（写入）的预算账",
        "the books of the line's year to compare, or of the next to write into",
    ),
    ("export output", "把下一年的预算账写到这里", "write the books of the next year here"),
    ("status output", "把各项目的执行情况写成 CSV", "write what the lines bear as CSV"),
    ("awards", "逐件列出", "every award too"),
    ("by", "办理人的姓名", "who does it"),
    ("experts seed", "抽取种子：事先公布的一段文字", "what the draw starts from; announced beforehand"),
    ("each", "每件几名专家（默认 3）", "how many experts judge an application (3)"),
    (
        "experts most",
        "每名专家至多评审几件；不写则略高于平均数",
        "how many applications one judges at most; a little above the mean when absent",
    ),
    (
        "experts date",
        "按哪一天看关系是否已过年限；不写则为申报截止日",
        "the day on which relations are looked at; the last of the call when absent",
    ),
    ("experts output", "把名单写到这里（CSV）；不写则打印", "write the list here as CSV; printed when absent"),
    ("verify", "核对一份名单：重抽一次，比较是否一致", "draw again and compare with this list"),
    ("pass", "资助", "fund it"),
    ("refuse", "不予资助", "do not fund it"),
    ("decide amount", "资助金额（元）；不写则按算式的结果", "the award in yuan; what the worksheet gives when absent"),
    (
        "from",
        "决定表（CSV 或 XLSX），表头：申请编号,决定,金额（元）,理由",
        "a table of decisions: 申请编号,决定,金额（元）,理由",
    ),
    ("against", "与规定的结论相反时必须写", "needed where it goes against what the rules say"),
    ("action", "动作：受理、核查、拟资助、公示、审定……", "the action: accept, check, propose, publish, approve …"),
    ("act batch", "对该批次中处在这一步的每件申请", "every application of the batch that stands before it"),
    ("role", "以什么身份；不写则按办理流程的规定", "in which role; as the life-cycle table has it when absent"),
    ("reason", "事由", "why"),
    ("date", "日期，如 2019-08-01；不写则为今天", "the day, such as 2019-08-01; today when absent"),
    ("amount", "金额（元）", "the amount in yuan"),
    ("number", "申请编号", "the number of the application"),
    (
        "decisions",
        "存档的决定；不写则为工作文件夹里的 decisions",
        "the decisions that were kept; `decisions` in the working folder when absent",
    ),
    (
        "kept",
        "只核对存档；不看工作文件夹里的数据和规定后来有没有变",
        "only what was kept, whatever became of the registers and rules in the working folder",
    ),
];
