//! FOCUS: the own side tells changes, and at an opening that its page is hidden.

use super::{
    CAREFUL,
    objection::{Here, Objections, Side},
};
use crate::line::Moment;

const NO_CHANGE: &str = "a FOCUS_STATE that changes nothing";
const NOT_TOLD: &str = "an opening without a FOCUS_STATE of a hidden page";

/// What the own side has told of its page.
#[derive(Debug, Default)]
pub(super) struct Focus {
    /// The newest state, unless something may have happened since.
    shown: Option<bool>,
    /// An opening after which a FOCUS_STATE has to come.
    opening: Option<Here>,
}

impl Focus {
    /// Records are missing.
    pub(super) fn gap(&mut self) {
        *self = Self::default();
    }

    /// The channel has opened: the same state may be told again, and that the page is hidden must be
    /// (FOCUS-3). While it was closed, the page may have been shown: then that is told.
    pub(super) fn opened(&mut self, here: Here) {
        self.opening = self.shown.take().filter(|shown| !shown).map(|_| here);
    }

    pub(super) fn closed(&mut self) {
        self.opening = None;
    }

    pub(super) fn passes(&mut self, now: Moment, objections: &mut Objections) {
        if let Some(opening) = self.opening.take_if(|opening| now.since(opening.at) > CAREFUL) {
            let detail = "nothing was told within a second".to_owned();
            objections.add(opening, Side::Own, "FOCUS-3", NOT_TOLD, detail);
        }
    }

    pub(super) fn handed(&mut self, here: Here, shown: bool, objections: &mut Objections) {
        if self.shown == Some(shown) {
            let state = if shown { "shown" } else { "hidden" };
            let detail = format!("the page was told to be {state} already");
            objections.add(here, Side::Own, "FOCUS-2", NO_CHANGE, detail);
        }
        self.shown = Some(shown);
        self.opening = None;
    }
}
