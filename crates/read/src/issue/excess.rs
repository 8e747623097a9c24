//! Sentences about PDF files that would take more memory or time than any honest one.

/// What a PDF has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Bytes of one stream when unpacked.
    Stream,
    /// Bytes of all streams when unpacked.
    Streams,
    /// Bytes of the instructions of all pages when unpacked.
    Instructions,
    /// Objects in one stream of objects.
    Objects,
    /// Objects within objects.
    Depth,
    /// States of the drawing that are kept.
    States,
    /// Pages of the tree of pages.
    Pages,
    /// A tree of pages that contains itself.
    Circle,
    /// Bytes of dictionaries that overlap.
    Overlap,
}

/// What is the matter, in Chinese.
pub(super) fn chinese(object: Option<i32>, what: Excess, limit: u64) -> String {
    let place = object.map(|object| format!("第 {object} 号对象")).unwrap_or_else(|| "PDF ".to_string());
    let what = match what {
        Excess::Stream => format!("解压后超过上限 {limit} 字节"),
        Excess::Streams => format!("解压到这里，全部内容已超过上限 {limit} 字节"),
        Excess::Instructions => format!("各页内容展开后合计超过上限 {limit} 字节"),
        Excess::Objects => format!("装的对象超过上限 {limit} 个，或没有写明个数"),
        Excess::Depth => format!("嵌套超过上限 {limit} 层"),
        Excess::States => format!("的绘图状态保存超过上限 {limit} 次"),
        Excess::Pages => format!("的页面树展开后超过上限 {limit} 页，或层数太多"),
        Excess::Circle => "在页面树里包含了自己".to_string(),
        Excess::Overlap => format!("一带的字典互相重叠，超过上限 {limit} 字节"),
    };
    format!("{place}{what}，没有读；正常的报告远小于此，请用原软件重新导出 PDF")
}

/// The same in English.
pub(super) fn english(object: Option<i32>, what: Excess, limit: u64) -> String {
    let place = object.map(|object| format!("object {object}")).unwrap_or_else(|| "the PDF".to_string());
    let what = match what {
        Excess::Stream => format!("{place} unpacks to more than the limit of {limit} bytes"),
        Excess::Streams => format!("with {place} what the file unpacks to goes over the limit of {limit} bytes"),
        Excess::Instructions => format!("the instructions of its pages take more than the limit of {limit} bytes"),
        Excess::Objects => format!("{place} holds more than the limit of {limit} objects, or does not say how many"),
        Excess::Depth => format!("{place} is nested deeper than the limit of {limit} levels"),
        Excess::States => format!("{place} keeps the state of the drawing more often than the limit of {limit} times"),
        Excess::Pages => format!("the tree of pages grows to more than the limit of {limit} pages, or is too deep"),
        Excess::Circle => format!("{place} contains itself in the tree of pages"),
        Excess::Overlap => format!("around {place} dictionaries overlap by more than the limit of {limit} bytes"),
    };
    format!("{what}; it was not read: honest reports are far smaller, export the PDF anew from the original")
}

/// Drawing took too long, in English.
pub(super) const TOO_SLOW: &str = "reading the pages took longer than the limit and nothing was read from this page on: \
    honest reports take a fraction of it, export the PDF anew from the original, or split it";

/// The filters of a stream cannot be told, in English.
pub(super) fn unknown_packing(object: i32) -> String {
    format!("how object {object} is packed cannot be told; it was not unpacked: export the PDF anew from the original")
}
