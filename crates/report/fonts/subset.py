"""Cuts the face that reports are set in out of Debian's fonts-noto-cjk; README.md says how and when.

Usage: python3 subset.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc NotoSerifSC-GB2312.otf
"""

import sys

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FAMILY = "Noto Serif SC GB2312"
# Characters of personal and place names that stand in public reports and not in GB 2312.
NAMES = "喆镕堃昇玥珺璟垚弢犇祎翀赟燚磡埗坜塱垇瑄玚玙珩琎琰瑀璘甯畲睿硔祺禛筠粦翃翊翯旻旸昀昳晞晟暄暐杲栩桢梽棽榕沄沚洺淯湜滢潆澍濂灏炜炫炘烨焓煊煜熠燊"
SIGNS = "\u00a0\u00a5\u00b1\u00b2\u00b3\u00b7\u00d7\u00f7\u2030\u2103\u25a1\u25cb\u25cf\u2611\u2713㎎㎏㎜㎝㎞㎡㎥㏄㏕"


def code_points():
    """GB 2312 in full, ASCII, the punctuation of Chinese text, the circled numbers, and what reports need beside them."""
    points = set(range(0x20, 0x7F))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                points.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    points.update(range(0x3000, 0x3040))
    points.update(range(0x2010, 0x2028))
    points.update(range(0x2460, 0x2474))
    points.update(range(0xFF01, 0xFF5F))
    points.update(map(ord, NAMES + SIGNS))
    return points


def simplified_face(path):
    """The face of the collection whose family is Noto Serif CJK SC."""
    for number in range(16):
        font = TTFont(path, fontNumber=number, lazy=True)
        if font["name"].getDebugName(1).startswith("Noto Serif CJK SC"):
            return font
    raise SystemExit(f"no face of simplified Chinese in {path}")


def make_digits_tabular(font):
    """Gives the ten digits one width. The face has no tabular figures, and its 1 is narrower than the rest."""
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    glyphs = font.getGlyphSet()
    width = max(metrics[cmap[ord(digit)]][0] for digit in "0123456789")
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for digit in "0123456789":
        name = cmap[ord(digit)]
        advance, bearing = metrics[name]
        shift = (width - advance) // 2
        old = strings[name]
        pen = T2CharStringPen(width - old.private.nominalWidthX, None)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        strings[name] = pen.getCharString(old.private, old.globalSubrs)
        metrics[name] = (width, bearing + shift)


def rename(font):
    """A changed font goes by its own name, so that it is never taken for the full one on the reader's machine."""
    for number, text in {1: FAMILY, 3: f"2.001;{FAMILY}", 4: FAMILY, 6: FAMILY.replace(" ", "")}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [FAMILY.replace(" ", "")]


def main(source, target):
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["VORG", "BASE", "DSIG", "GSUB", "GPOS", "GDEF", "vhea", "vmtx"]
    options.notdef_outline = True
    font = simplified_face(source)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=code_points())
    cutter.subset(font)
    make_digits_tabular(font)
    rename(font)
    font.save(target)


main(*sys.argv[1:])
