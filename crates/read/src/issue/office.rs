//! Sentences about documents, workbooks and packages.

use super::{IssueKind, english_format};

/// What is the matter, in Chinese.
pub(super) fn chinese(kind: &IssueKind) -> String {
    match kind {
        IssueKind::PartDamaged { part } => {
            format!("文件中的 {part} 缺失或已损坏，没有读；请重新下载，或用原软件打开后另存")
        }
        IssueKind::BrokenPart { part } => format!("文件中的 {part} 在中途断开，只读到断处；请用原软件打开后另存"),
        IssueKind::TooManyMembers { count, limit } => {
            format!("压缩包里有 {count} 个成员，超过上限 {limit} 个，没有读")
        }
        IssueKind::TooMuchUnpacked { part, limit } => {
            format!("解压到 {part} 时超过上限 {limit} 字节，这一部分没有读；请按报告拆开")
        }
        IssueKind::TooDeep { limit } => format!("嵌套超过 {limit} 层，其后的没有读；请用原软件打开后另存"),
        IssueKind::TooManyNodes { limit } => format!("元素超过上限 {limit} 个，其后的没有读；请按报告拆开"),
        IssueKind::TooManyColumns { limit } => format!("表格超过上限 {limit} 列，其后的列没有读"),
        IssueKind::UnknownEntity { name } => format!("不认识的实体 &{name}; 没有展开"),
        IssueKind::Revisions { inserted, deleted } => {
            format!("文档有未接受的修订：插入 {inserted} 处（已读），删除 {deleted} 处（未读）；公开前请接受或拒绝修订")
        }
        IssueKind::HiddenText { count } => format!("有 {count} 处隐藏文字，没有读；公开前请删去或取消隐藏"),
        IssueKind::HiddenSheet { sheet } => format!("工作表「{sheet}」是隐藏的，也读了；公开前请删去或取消隐藏"),
        IssueKind::HiddenCells { sheet, rows, columns } => {
            format!("工作表「{sheet}」有隐藏的 {rows} 行、{columns} 列，也读了；公开前请删去或取消隐藏")
        }
        IssueKind::NumberFormat { place, format } => {
            format!("{place}：不认识数字格式 {format}，按存储的值显示；请改用常规或数值格式")
        }
        IssueKind::NoResult { place, count } => {
            format!("{place} 等 {count} 个公式没有存下结果，按空白读；请用表格软件打开并保存一次")
        }
        IssueKind::UnreadObjects { count } => format!("这一页有 {count} 个复合对象没有读；请与原件核对"),
        IssueKind::ImagesOnly { count } => {
            format!("只有 {count} 幅图片，没有文字；扫描件须先做文字识别，或取得原始电子文件")
        }
        IssueKind::NeedsConversion(format) => {
            format!("这是{format}，须经 LibreOffice 转换；请安装 LibreOffice，或用原软件另存为 DOCX")
        }
        IssueKind::ConversionFailed { format, timed_out } => {
            let how = if *timed_out { "超时未完成" } else { "失败" };
            format!("这是{format}，用 LibreOffice 转换{how}；请用原软件另存为 DOCX")
        }
        _ => String::new(),
    }
}

/// The same in English.
pub(super) fn english(kind: &IssueKind) -> String {
    match kind {
        IssueKind::PartDamaged { part } => {
            format!("{part} of the file is missing or damaged and was not read; download it again, or save it anew")
        }
        IssueKind::BrokenPart { part } => {
            format!("{part} of the file breaks off and was read up to the break; open and save the file anew")
        }
        IssueKind::TooManyMembers { count, limit } => {
            format!("the package has {count} members, over the limit of {limit}, and was not read")
        }
        IssueKind::TooMuchUnpacked { part, limit } => {
            format!("unpacking {part} went over the limit of {limit} bytes; it was not read: split the file by report")
        }
        IssueKind::TooDeep { limit } => format!("nested deeper than {limit} levels; the rest was not read"),
        IssueKind::TooManyNodes { limit } => format!("more than {limit} elements; the rest was not read"),
        IssueKind::TooManyColumns { limit } => {
            format!("a table of more than {limit} columns; the columns beyond were not read")
        }
        IssueKind::UnknownEntity { name } => format!("the unknown entity &{name}; was not expanded"),
        IssueKind::Revisions { inserted, deleted } => format!(
            "tracked changes are open: {inserted} insertions (read), {deleted} deletions (not read); accept or reject them"
        ),
        IssueKind::HiddenText { count } => format!("{count} pieces of hidden text were left out; delete or show them"),
        IssueKind::HiddenSheet { sheet } => format!("the hidden sheet {sheet} was read too; delete or show it"),
        IssueKind::HiddenCells { sheet, rows, columns } => {
            format!("sheet {sheet} has {rows} hidden rows and {columns} hidden columns, read too; delete or show them")
        }
        IssueKind::NumberFormat { place, format } => {
            format!("{place}: the number format {format} is not known; values are shown as stored")
        }
        IssueKind::NoResult { place, count } => {
            format!("{count} formulas, the first in {place}, have no stored result: open and save the workbook once")
        }
        IssueKind::UnreadObjects { count } => {
            format!("{count} composite objects of this page were not read; compare with the original")
        }
        IssueKind::ImagesOnly { count } => {
            format!("{count} pictures and no text: a scan needs text recognition first, or get the original file")
        }
        IssueKind::NeedsConversion(format) => format!(
            "this is {}, to be converted by LibreOffice: install LibreOffice, or save the file as DOCX",
            english_format(format)
        ),
        IssueKind::ConversionFailed { format, timed_out } => {
            let how = if *timed_out { "took too long" } else { "failed" };
            format!("this is {}; its conversion by LibreOffice {how}: save the file as DOCX", english_format(format))
        }
        _ => String::new(),
    }
}
