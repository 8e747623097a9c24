//! The words of the command line in both languages.

mod fund;

use crate::arguments::Arguments;
use clap::builder::{PossibleValue, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};
use fund::{FUND_ARGUMENTS, FUND_VERBS};
use gouji_model::Lang;

/// The command with its help in one language.
pub fn command(lang: Lang) -> Command {
    let about = pick(
        lang,
        "勾稽：检查公开的预算报告，找出自相矛盾之处",
        "Gouji 勾稽: checks public budget reports for contradictions",
    );
    let command = framed(Arguments::command(), lang)
        .about(about)
        .override_usage(pick(lang, "gouji <命令> [选项]", "gouji <COMMAND> [OPTIONS]"))
        .subcommand_help_heading(pick(lang, "命令", "Commands"))
        .after_help(pick(lang, EXAMPLES.0, EXAMPLES.1))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(pick(lang, "显示版本", "print the version"))
                .help_heading(pick(lang, "选项", "Options")),
        )
        .disable_version_flag(true);
    let command = worded(command, &VERBS, lang);
    command.mut_subcommand("fund", |fund| {
        worded(fund, FUND_VERBS, lang).subcommand_help_heading(pick(lang, "命令", "Commands"))
    })
}

/// The words of every verb.
fn worded(command: Command, verbs: &[Words], lang: Lang) -> Command {
    verbs.iter().fold(command, |command, verb| {
        command.mut_subcommand(verb.name, |sub| {
            framed(sub, lang)
                .about(pick(lang, verb.about.0, verb.about.1))
                .override_usage(pick(lang, verb.usage.0, verb.usage.1))
                .after_help(pick(lang, verb.after.0, verb.after.1))
        })
    })
}

/// The command as a shell completes it: values by name alone, because their own help is
/// written for programmers.
pub fn for_completions(lang: Lang) -> Command {
    let by_name = |argument: Arg| {
        let values = argument.get_possible_values();
        let names: Vec<PossibleValue> =
            values.iter().map(|value| PossibleValue::new(value.get_name().to_string())).collect();
        if names.is_empty() { argument } else { argument.value_parser(names) }
    };
    let verbs = command(lang).mut_args(by_name);
    VERBS.iter().fold(verbs, |command, verb| command.mut_subcommand(verb.name, |sub| sub.mut_args(by_name)))
}

/// Headings, and the help of every argument.
fn framed(command: Command, lang: Lang) -> Command {
    let template = pick(
        lang,
        "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n",
        "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n",
    );
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(pick(
        lang,
        "显示帮助",
        "print this help",
    ));
    let verb = command.get_name().to_string();
    command.help_template(template).disable_help_flag(true).arg(help).mut_args(|argument| {
        let id = argument.get_id().as_str().to_string();
        let own = format!("{verb} {id}");
        let heading = if argument.is_positional() { ("参数", "Arguments") } else { ("选项", "Options") };
        let argument = argument.help_heading(pick(lang, heading.0, heading.1));
        let argument = match ARGUMENTS.iter().chain(FUND_ARGUMENTS).find(|(name, _, _)| *name == id || *name == own) {
            Some((_, chinese, english)) => argument.help(StyledStr::from(pick(lang, chinese, english))),
            None => argument,
        };
        // The help itself names values and defaults, in the language of the run.
        match argument.get_action().takes_values() {
            true => argument.hide_default_value(true).hide_possible_values(true),
            false => argument,
        }
    })
}

/// A wrong command line, said in the language of the run, with where to look.
pub fn usage_error(error: &clap::Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.to_string().trim_end().to_string();
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("选项 {argument} 缺值"),
        ErrorKind::InvalidValue => {
            format!("选项 {argument} 不能是 {value}，可以是：{}", context(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => format!("选项 {argument} 不能是 {value}"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => format!("选项 {argument} 只能写一次，或与别的选项冲突"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "请写明命令：check、read、new、convert、import、diff、build、fund、explain 或 completions".to_string()
        }
        _ => error.to_string().trim_end().to_string(),
    };
    format!("用法有误：{what}\n详见 gouji --help")
}

/// One of two wordings.
fn pick(lang: Lang, chinese: &'static str, english: &'static str) -> &'static str {
    match lang {
        Lang::Zh => chinese,
        Lang::En => english,
    }
}

struct Words {
    name: &'static str,
    about: (&'static str, &'static str),
    usage: (&'static str, &'static str),
    after: (&'static str, &'static str),
}

const EXAMPLES: (&str, &str) = (
    "例子：\n  gouji check 部门预算.txt\n  gouji check 部门预算.txt --format html --output 检查结果.html\n  gouji explain",
    "Examples:\n  gouji check budget.txt --lang en\n  gouji check budget.txt --format html --output findings.html\n  \
     gouji explain --lang en",
);

const VERBS: [Words; 10] = [
    Words {
        name: "check",
        about: (
            "检查报告，列出矛盾之处及算式、原因、改法",
            "check reports: contradictions with the sum, why, and the cure",
        ),
        usage: ("gouji check 文件或文件夹... [选项]", "gouji check FILE... [OPTIONS]"),
        after: (CHECK_ZH, CHECK_EN),
    },
    Words {
        name: "read",
        about: (
            "列出读到的每个数：是什么、在哪里；没看懂的附原因",
            "list every figure read: what it is, where it stands; what was not understood, with the reason",
        ),
        usage: ("gouji read 文件或文件夹... [选项]", "gouji read FILE... [OPTIONS]"),
        after: (
            "例子：\n  gouji read 部门预算.txt --format csv --output 数据.csv",
            "Example:\n  gouji read budget.txt --format csv --output facts.csv",
        ),
    },
    Words {
        name: "new",
        about: (
            "新建一份空白的部门预算数据，供填写：工作簿或文件夹",
            "begin the books of a department's budget, ready to be filled in: a workbook or a folder",
        ),
        usage: (
            "gouji new --form 表式 --year 年度 --output 路径\n  或  gouji new --from 上年数据 --year 年度 --output 路径",
            "gouji new --form ID --year YEAR --output PATH\n   or  gouji new --from BOOKS --year YEAR --output PATH",
        ),
        after: (
            "例子：\n  gouji new --form shenzhen-2019 --year 2026 --output 预算.xlsx\n  \
             gouji new --from 2025预算.xlsx --year 2026 --output 2026预算.xlsx",
            "Examples:\n  gouji new --form shenzhen-2019 --year 2026 --output budget.xlsx --lang en\n  \
             gouji new --from budget-2025.xlsx --year 2026 --output budget-2026.xlsx --lang en",
        ),
    },
    Words {
        name: "convert",
        about: (
            "部门预算数据在工作簿与文件夹之间互转，内容不变",
            "books of a budget from a workbook to a folder, or back, unchanged",
        ),
        usage: ("gouji convert 来源 去处 [选项]", "gouji convert FROM TO [OPTIONS]"),
        after: (
            "例子：\n  gouji convert 预算.xlsx 预算数据\n  gouji convert 预算数据 预算.xlsx --force",
            "Examples:\n  gouji convert budget.xlsx budget\n  gouji convert budget budget.xlsx --force",
        ),
    },
    Words {
        name: "import",
        about: (
            "由已公开的报告编出部门预算数据的草稿，并列出报告没有写明的内容",
            "draft the books behind a published report, with a list of what the paper does not say",
        ),
        usage: ("gouji import 报告... --output 路径 [选项]", "gouji import REPORT... --output PATH [OPTIONS]"),
        after: (IMPORT_ZH, IMPORT_EN),
    },
    Words {
        name: "diff",
        about: (
            "比较两份预算（部门预算数据或报告），列出增减，大的在前",
            "what differs between two budgets, books or reports, the largest change first",
        ),
        usage: ("gouji diff 甲 乙 [选项]", "gouji diff A B [OPTIONS]"),
        after: (
            "数据与数据比较本年预算；报告与数据按报告各表的口径逐格比较，四舍五入后相同的算相同。\n\n\
             例子：\n  gouji diff 2025预算.xlsx 2026预算.xlsx\n  gouji diff 报告.pdf 预算数据 --format csv --output 差异.csv",
            "Books are compared by this year's budget; a report is compared with books cell by cell, and what rounds to \
             the same is the same.\n\nExamples:\n  gouji diff budget-2025.xlsx budget-2026.xlsx --lang en\n  \
             gouji diff report.pdf budget --format csv --output changes.csv",
        ),
    },
    Words {
        name: "build",
        about: (
            "由部门预算数据编出报告：表格、文字、图表和开放数据，数字处处一致",
            "build the report from the books: tables, narrative, charts and open data that cannot disagree",
        ),
        usage: ("gouji build 来源 --output 文件夹 [选项]", "gouji build SOURCE --output DIR [OPTIONS]"),
        after: (
            "例子：\n  gouji build 预算.xlsx --output 报告\n  gouji build 预算数据 --output 报告 --only docx,html --force",
            "Examples:\n  gouji build budget.xlsx --output report\n  \
             gouji build budget --output report --only docx,html --force",
        ),
    },
    Words {
        name: "fund",
        about: (
            "科技专项资金：按规定和登记数据审核申请，逐项说明，分配不超预算",
            "programmes of a science bureau: applications judged on data, explained, within the budget line",
        ),
        usage: ("gouji fund <命令> [选项]", "gouji fund <COMMAND> [OPTIONS]"),
        after: ("例子：\n  gouji fund judge 工作文件夹", "Example:\n  gouji fund judge district --lang en"),
    },
    Words {
        name: "explain",
        about: ("说明一条规则；不写代码则列出全部规则", "explain a rule; without a code, list all rules"),
        usage: ("gouji explain [代码] [选项]", "gouji explain [CODE] [OPTIONS]"),
        after: ("例子：\n  gouji explain SUM101", "Example:\n  gouji explain SUM101 --lang en"),
    },
    Words {
        name: "completions",
        about: (
            "输出命令行补全脚本，按 Tab 键补全命令和选项",
            "write the completion script of a shell: Tab completes commands and options",
        ),
        usage: (
            "gouji completions <bash|zsh|fish|powershell|elvish>",
            "gouji completions <bash|zsh|fish|powershell|elvish>",
        ),
        after: (COMPLETIONS_ZH, COMPLETIONS_EN),
    },
];

/// The help of every argument, by its name; with the verb before it where verbs differ.
const ARGUMENTS: [(&str, &str, &str); 38] = [
    ("lang", "语言：zh（默认）或 en", "language: zh (default) or en"),
    (
        "files",
        "报告（PDF、DOCX、XLSX、XLS、OFD、HTML、TXT；DOC、WPS 须装有 LibreOffice），或存有报告的文件夹",
        "reports (PDF, DOCX, XLSX, XLS, OFD, HTML, TXT; DOC and WPS need LibreOffice), or folders of reports",
    ),
    (
        "check format",
        "输出形式：text（默认）、json、html、xlsx、sarif",
        "form of the output: text (default), json, html, xlsx, sarif",
    ),
    ("read format", "输出形式：json（默认）、csv", "form of the output: json (default), csv"),
    (
        "check output",
        "写到这个文件；不写则输出到屏幕（xlsx 必须写）",
        "write to this file instead of standard output (required for xlsx)",
    ),
    (
        "annotate",
        "另写一份 PDF，问题处加上高亮和批注，原文一字不动；PDF 多于一个时写文件夹",
        "also write the PDF with its findings marked, the original untouched; a folder when there are several PDFs",
    ),
    ("read output", "写到这个文件；不写则输出到屏幕", "write to this file instead of standard output"),
    ("forms", "自备的词表和表样所在的文件夹（.toml）", "a folder with forms and lexicons of your own (.toml)"),
    (
        "prior",
        "同一单位上年的报告，用来核对上年数；正文和表格分开的写两次",
        "last year's report of the same body, for last year's figures; given twice where text and tables are apart",
    ),
    (
        "accept",
        "接受记录：其中的问题折叠显示，不计入结果",
        "acceptance file: findings in it are folded and do not count",
    ),
    (
        "fail_on",
        "从哪一级起退出码为 1：error（默认）或 warning",
        "the level from which the exit code is 1: error (default) or warning",
    ),
    (
        "as_one",
        "把所有文件当作一份报告（正文和表格分开公布时用）",
        "all files are one report (where text and tables are published apart)",
    ),
    ("preview", "试行中的规则也按自己的级别显示", "rules on trial show at their own level"),
    (
        "width",
        "文字输出的宽度（列），40 至 400；默认随终端",
        "columns of the text form, 40 to 400; the terminal's by default",
    ),
    ("color", "颜色：auto（默认）、always、never", "colours: auto (default), always, never"),
    (
        "new from",
        "由上年的数据转来：本年金额转作上年预算，单位、项目、文字保留",
        "go on from the books of the year before: its amounts become last year's",
    ),
    (
        "new form",
        "报告的表式，如 shenzhen-2019；有 --from 时可不写",
        "the form of the report, such as shenzhen-2019; may be left out with --from",
    ),
    ("before", "部门预算数据（工作簿或文件夹），或报告", "books (a workbook or a folder), or a report"),
    ("after", "与之比较的数据或报告", "books or a report to compare it with"),
    ("diff format", "输出形式：text（默认）、json、csv", "form of the output: text (default), json, csv"),
    ("diff output", "写到这个文件；不写则输出到屏幕", "write to this file instead of standard output"),
    ("form", "报告的表式，如 shenzhen-2019", "the form of the report, such as shenzhen-2019"),
    ("year", "预算年度，四位数字", "the budget year, four digits"),
    ("workbook", "路径不以 .xlsx 结尾时也写工作簿", "write a workbook even when the path does not end in .xlsx"),
    ("new output", "写到这里：.xlsx 为工作簿，否则为文件夹", "write here: a workbook for .xlsx, else a folder"),
    (
        "import output",
        "写到这里：.xlsx 为工作簿，否则为文件夹；没有写明的内容另存 unknown.csv",
        "write here: a workbook for .xlsx, else a folder; what is not known goes to unknown.csv",
    ),
    (
        "import form",
        "草稿的表式；不写则用报告自己的表式，认不出时用 shenzhen-2019",
        "the form of the draft; the report's own when absent, shenzhen-2019 where it is not known",
    ),
    ("from", "填好的工作簿（.xlsx）或文件夹", "a workbook (.xlsx) or a folder of books"),
    ("to", "写到这里：.xlsx 为工作簿，否则为文件夹", "write here: a workbook for .xlsx, else a folder"),
    ("force", "已有的文件可以替换", "replace files that are there"),
    ("source", "填好的工作簿（.xlsx）或文件夹", "a workbook (.xlsx) or a folder of books"),
    ("build output", "写到这个文件夹", "write to this folder"),
    (
        "only",
        "只要这些文件，用逗号隔开：pdf、docx、xlsx、html、txt、data；不写则全部",
        "only these files, parted by commas: pdf, docx, xlsx, html, txt, data; all when absent",
    ),
    ("build form", "改用这种表式，不用数据里写的", "use this form instead of the one that the books name"),
    (
        "rounding",
        "舍入方式：cells（逐格四舍五入）、controlled（调整末位使合计闭合）；不写则按表式",
        "rounding: cells (each amount for itself), controlled (printed sums close); as the form says when absent",
    ),
    ("watch", "来源每次保存后自动重编", "build again whenever the source is saved"),
    ("shell", "bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"),
    ("code", "规则的代码或名称，如 SUM101", "code or name of the rule, such as SUM101"),
];

const COMPLETIONS_ZH: &str = "\
例子：
  gouji completions bash > ~/.local/share/bash-completion/completions/gouji
  gouji completions zsh > ~/.zfunc/_gouji        # ~/.zshrc 中须有 fpath+=~/.zfunc 和 compinit
  gouji completions fish > ~/.config/fish/completions/gouji.fish
  gouji completions powershell >> $PROFILE";

const COMPLETIONS_EN: &str = "\
Examples:
  gouji completions bash > ~/.local/share/bash-completion/completions/gouji
  gouji completions zsh > ~/.zfunc/_gouji        # with fpath+=~/.zfunc and compinit in ~/.zshrc
  gouji completions fish > ~/.config/fish/completions/gouji.fish
  gouji completions powershell >> $PROFILE";

const IMPORT_ZH: &str = "\
报告只有合计：哪个功能科目、哪个项目用什么经济科目，报告没有写明。草稿按各表合计推定，
使 gouji build 编出的每一格与报告相同；推定或留空的行在“推定”列标“是”，核对补全后请清空。
报告自相矛盾之处只列出，不修改。

例子：
  gouji import 部门预算.pdf --output 草稿.xlsx
  gouji import 正文.pdf 表格.pdf --as-one --output 草稿";

const IMPORT_EN: &str = "\
A report prints totals: under which economic code a project is paid is not on the paper. The draft
assumes it so that gouji build prints every cell as the report does; rows that are assumed or left
open have 是 under 推定: see to them and clear it. What a report says in two ways is listed, never repaired.

Examples:
  gouji import budget.pdf --output draft.xlsx --lang en
  gouji import text.pdf tables.pdf --as-one --output draft --lang en";

const CHECK_ZH: &str = "\
退出码：0 没有达到级别的问题；1 有；2 用法有误，或有报告没能读出。

接受一个问题：从 --format json 的结果中抄下 code、relation、quote_sha256，写进接受记录：

  [[accept]]
  code = \"NAR102\"
  relation = \"narrative.direction\"
  quote_sha256 = \"9f86d0…\"      # 或 quote = \"比 2018 年增加 5627 万元\"
  reason = \"已另文说明\"
  who = \"张三\"
  date = \"2026-01-15\"

例子：
  gouji check 部门预算.txt
  gouji check 报告文件夹 --format xlsx --output 问题清单.xlsx
  gouji check 部门预算.pdf --annotate 批注.pdf
  gouji check 部门预算.txt --accept 接受.toml --fail-on warning";

const CHECK_EN: &str = "\
Exit code: 0 nothing at the level asked for; 1 findings; 2 wrong usage, or a report that could not be read.

To accept a finding, copy code, relation and quote_sha256 from --format json into the acceptance file:

  [[accept]]
  code = \"NAR102\"
  relation = \"narrative.direction\"
  quote_sha256 = \"9f86d0…\"      # or quote = \"比 2018 年增加 5627 万元\"
  reason = \"explained in a note\"
  who = \"Zhang San\"
  date = \"2026-01-15\"

Examples:
  gouji check budget.txt --lang en
  gouji check folder --format xlsx --output findings.xlsx
  gouji check budget.pdf --annotate annotated.pdf
  gouji check budget.txt --accept accept.toml --fail-on warning";
