//! A chart that Word draws itself, from figures written into it: sharp at any size, and read aloud by its alternative text.

use crate::chart::wrap;
use crate::columns::{number_format, width};
use crate::document::Chart;
use crate::escape::markup;
use gouji_model::Printed;
use std::fmt::Write;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
/// Fifteen centimetres, in the units of drawings.
const WIDTH: u64 = 5_400_000;
/// The height of the title and the legend.
const AROUND: u64 = 700_000;
/// What the legend takes of it.
const LEGEND: u64 = 250_000;
const BAR: u64 = 190_000;
const TALLEST: u64 = 7_900_000;
/// In points: the width of the bars' part of the drawing, of a digit of a wide font, of a label, and the white around a figure.
const PLOT: u64 = 280;
const DIGIT: u64 = 6;
const LABEL: i64 = 117;
const GAP: u64 = 8;
/// The fill of each series: dark, and pale with an outline.
const FILLS: [&str; 2] = ["3F4D5C", "DFE4E9"];

/// The paragraph in which the chart of this number stands.
pub(super) fn place(chart: &Chart, number: usize) -> String {
    let height = height(chart);
    format!(
        "<w:p><w:pPr><w:spacing w:before=\"120\" w:after=\"120\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
         <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{WIDTH}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"chart{number}\" descr=\"{}\" title=\"{}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"{CHART}\"><c:chart r:id=\"chart{number}\"/></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r></w:p>",
        markup(&chart.alternative),
        markup(&chart.title)
    )
}

/// The part that holds the chart.
pub(super) fn part(chart: &Chart) -> String {
    let mut out = format!(
        "<c:chartSpace xmlns:c=\"{CHART}\" xmlns:a=\"{DRAWING}\"><c:roundedCorners val=\"0\"/><c:chart><c:title><c:tx><c:rich>\
         <a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"1200\" b=\"1\"/></a:pPr><a:r><a:rPr lang=\"zh-CN\" sz=\"1200\" b=\"1\">{FONTS}\
         </a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/>\
         <c:plotArea>{}<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>",
        markup(&chart.title),
        layout(height(chart), chart.series.len() > 1)
    );
    for (index, name) in chart.series.iter().enumerate().take(FILLS.len()) {
        write_series(&mut out, chart, index, name);
    }
    let line = "<c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"3F4D5C\"/></a:solidFill></a:ln></c:spPr>";
    let _ = write!(
        out,
        "<c:gapWidth val=\"50\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>\
         <c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/>\
         <c:axPos val=\"l\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>{line}{}\
         <c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/>\
         <c:noMultiLvlLbl val=\"1\"/></c:catAx>\
         <c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>{}</c:scaling><c:delete val=\"0\"/>\
         <c:axPos val=\"t\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"none\"/>\
         <c:spPr><a:ln><a:noFill/></a:ln></c:spPr>\
         <c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/></c:valAx></c:plotArea>",
        letters(),
        reach(chart)
    );
    if chart.series.len() > 1 {
        let _ = write!(out, "<c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/>{}</c:legend>", letters());
    }
    out + "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>\
           <c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
}

/// How far the axis reaches: beyond the longest bar on each side that has bars, so far that its figure stands clear of the edge.
fn reach(chart: &Chart) -> String {
    let values = || chart.bars.iter().flat_map(|bar| &bar.values);
    let (Some(low), Some(high)) =
        (values().min_by_key(|value| value.atoms()), values().max_by_key(|value| value.atoms()))
    else {
        return String::new();
    };
    let (from, to) = (low.atoms().min(0), high.atoms().max(0));
    if from == to {
        return String::new();
    }
    let longest = values().map(|value| width(&value.grouped())).max().unwrap_or(0);
    let label = i128::from((longest * DIGIT + GAP).min(PLOT / 3));
    let beyond = (to - from) * label / (i128::from(PLOT) - 2 * label);
    let top = if to > 0 { high.like(to + beyond) } else { high.zero() };
    let bottom = if from < 0 { low.like(from - beyond) } else { low.zero() };
    format!("<c:max val=\"{top}\"/><c:min val=\"{bottom}\"/>")
}

/// Where the bars are drawn: labels keep the third on the left, title and legend what they need above.
fn layout(height: u64, has_legend: bool) -> String {
    let above = if has_legend { AROUND } else { AROUND - LEGEND } * 1000 / height;
    let below = 980 - above;
    format!(
        "<c:layout><c:manualLayout><c:layoutTarget val=\"inner\"/><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/>\
         <c:x val=\"0.32\"/><c:y val=\"0.{above:03}\"/><c:w val=\"0.66\"/><c:h val=\"0.{below:03}\"/></c:manualLayout></c:layout>"
    )
}

/// The height of the drawing: its bars, with the white of one bar between pairs, and what stands above them.
fn height(chart: &Chart) -> u64 {
    let bars = u64::try_from(chart.bars.len() * (chart.series.len().max(1) + 1)).unwrap_or(u64::MAX);
    bars.saturating_mul(BAR).saturating_add(AROUND).min(TALLEST)
}

const FONTS: &str = "<a:latin typeface=\"Times New Roman\"/><a:ea typeface=\"宋体\"/>";

/// The letters of labels.
fn letters() -> String {
    format!(
        "<c:txPr><a:bodyPr wrap=\"none\"/><a:p><a:pPr><a:defRPr sz=\"900\">{FONTS}</a:defRPr></a:pPr>\
         <a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>"
    )
}

fn write_series(out: &mut String, chart: &Chart, index: usize, name: &str) {
    let values: Vec<Option<&Printed>> = chart.bars.iter().map(|bar| bar.values.get(index)).collect();
    let decimals = values.iter().flatten().map(|value| value.decimals()).max().unwrap_or(0);
    let format = number_format(decimals);
    let fill = FILLS[index];
    let _ = write!(
        out,
        "<c:ser><c:idx val=\"{index}\"/><c:order val=\"{index}\"/><c:tx><c:v>{}</c:v></c:tx><c:spPr><a:solidFill>\
         <a:srgbClr val=\"{fill}\"/></a:solidFill><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"3F4D5C\"/></a:solidFill></a:ln>\
         </c:spPr><c:invertIfNegative val=\"0\"/><c:dLbls><c:numFmt formatCode=\"{format}\" sourceLinked=\"0\"/>{}\
         <c:dLblPos val=\"outEnd\"/><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>\
         <c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls><c:cat><c:strLit>",
        markup(name),
        letters()
    );
    let count = chart.bars.len();
    let _ = write!(out, "<c:ptCount val=\"{count}\"/>");
    for (point, bar) in chart.bars.iter().enumerate() {
        let lines = wrap(&bar.label, LABEL, 9);
        let _ = write!(out, "<c:pt idx=\"{point}\"><c:v>{}</c:v></c:pt>", markup(&lines.join("\n")));
    }
    let _ = write!(
        out,
        "</c:strLit></c:cat><c:val><c:numLit><c:formatCode>{format}</c:formatCode><c:ptCount val=\"{count}\"/>"
    );
    for (point, value) in values.iter().enumerate() {
        if let Some(value) = value {
            let _ = write!(out, "<c:pt idx=\"{point}\"><c:v>{value}</c:v></c:pt>");
        }
    }
    out.push_str("</c:numLit></c:val></c:ser>");
}
