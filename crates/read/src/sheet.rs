//! A page as drawn: characters and straight lines with their places, whatever the format.

use crate::document::Area;

/// One page as drawn, before anything is made of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Number of the page, from 1.
    pub number: u32,
    /// Width and height as shown, in hundredths of a point.
    pub width: i32,
    pub height: i32,
    /// The characters in the order they were drawn.
    pub letters: Vec<Letter>,
    /// Straight level and upright lines, as thin rectangles.
    pub rulings: Vec<Area>,
    /// Quarter turns to the left that make most of the text stand upright.
    pub turns: u8,
}

/// A character as drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter {
    pub character: char,
    /// From the line of the descenders to that of the ascenders, as wide as it advances.
    pub area: Area,
    /// Size of the font.
    pub size: i32,
}

impl Letter {
    /// The middle of the character from left to right.
    pub(crate) fn middle(&self) -> i32 {
        (self.area.left + self.area.right) / 2
    }

    /// The line it stands on: the descenders take a seventh of the size below it.
    pub(crate) fn baseline(&self) -> i32 {
        self.area.bottom - self.size * 14 / 100
    }
}

impl Sheet {
    /// The sheet with most of its text upright.
    pub(crate) fn upright(mut self) -> Sheet {
        for _ in 0..self.turns {
            let width = self.width;
            self.letters.iter_mut().for_each(|letter| letter.area = turn_left(letter.area, width));
            self.rulings.iter_mut().for_each(|ruling| *ruling = turn_left(*ruling, width));
            (self.width, self.height) = (self.height, self.width);
        }
        self
    }
}

/// Where a rectangle stands once a page so wide is turned by a quarter to the left.
fn turn_left(area: Area, width: i32) -> Area {
    Area { left: area.top, right: area.bottom, top: width - area.right, bottom: width - area.left }
}

/// Where a rectangle of an upright sheet stands on the page as shown.
pub(crate) fn as_shown(mut area: Area, turns: u8, (mut width, mut height): (i32, i32)) -> Area {
    // Three more quarter turns to the left undo one.
    for _ in 0..(4 - turns) % 4 {
        area = turn_left(area, width);
        (width, height) = (height, width);
    }
    area
}
