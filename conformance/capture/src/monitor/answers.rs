//! Questions that are answered with their own eight bytes: PINGs (LIVE-5) and VALIDATION_PINGs (VALID-3).

use std::collections::VecDeque;

use super::objection::{CAREFUL, Here, Objections, Side};
use crate::line::Moment;

/// How many questions are remembered in each direction.
const REMEMBERED: usize = 4096;

const UNANSWERED: &str = "a question that is not answered";
const SURPLUS: &str = "an answer without a question";
const NEVER_ASKED: &str = "an answer to what was never asked";
/// Questions are asked this many milliseconds after one another.
const PACE: f64 = 500.0;

const OTHER_PACE: &str = "a timestamp that is not half a second after the one before";
const NO_TIME: &str = "a timestamp that is not a time";

/// The names of a question and its answer, and their rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) question: &'static str,
    pub(super) answer: &'static str,
    /// The rule that the answer has the bits of the question.
    pub(super) answer_rule: &'static str,
    /// The rule that the timestamp is the clock.
    pub(super) clock_rule: &'static str,
    /// The rule that one question follows another after half a second.
    pub(super) pace_rule: &'static str,
}

/// The questions of both sides.
#[derive(Debug)]
pub(super) struct Answers {
    names: Names,
    /// What the own side may still answer: the bits, where they came, and whether it must.
    open: VecDeque<(u64, Here, bool)>,
    /// What the own side has asked, the newest last.
    asked: VecDeque<u64>,
    /// Whether a question of the own side may be missing in `asked`.
    asked_more: bool,
    /// Before this time, an answer may belong to a question that is not known.
    careful_until: Moment,
    /// The newest timestamp, if the next one is due half a second later.
    last: Option<f64>,
}

impl Answers {
    pub(super) fn new(names: Names) -> Self {
        let (open, asked) = (VecDeque::new(), VecDeque::new());
        let careful_until = Moment::default();
        Self { names, open, asked, asked_more: false, careful_until, last: None }
    }

    /// Records are missing before this time.
    pub(super) fn gap(&mut self, now: Moment) {
        self.open.clear();
        self.last = None;
        self.asked_more = true;
        self.careful_until = Moment(now.0.saturating_add(CAREFUL));
    }

    /// What is open is not answered any more, now or later (LIVE-6).
    pub(super) fn closed(&mut self, now: Moment) {
        self.open.clear();
        self.last = None;
        // A close event comes after the channel has closed, so an answer may still be on its way.
        self.careful_until = Moment(now.0.saturating_add(CAREFUL));
    }

    /// Time has passed: what has waited for too long was not answered.
    pub(super) fn passes(&mut self, now: Moment, objections: &mut Objections) {
        while let Some((bits, asked, must)) = self.open.front().copied() {
            if now.since(asked.at) <= CAREFUL {
                return;
            }
            self.open.pop_front();
            if !must {
                continue;
            }
            let Names { question, answer, answer_rule, .. } = self.names;
            let detail = format!("no {answer} {} within a second of the {question}", shown(bits));
            objections.add(asked, Side::Own, answer_rule, UNANSWERED, detail);
        }
    }

    /// A question must be answered if the channel is known to be open.
    pub(super) fn received_question(
        &mut self,
        (here, must): (Here, bool),
        bits: u64,
        objections: &mut Objections,
    ) {
        self.judge_clock(here, Side::Partner, bits, objections);
        if self.open.len() == REMEMBERED {
            self.gap(here.at);
        }
        self.open.push_back((bits, here, must));
    }

    pub(super) fn handed_answer(&mut self, here: Here, bits: u64, objections: &mut Objections) {
        // Another NaN may be answered by any NaN.
        let is_nan = |bits: u64| f64::from_bits(bits).is_nan();
        let is_answered = |open: u64| open == bits || is_nan(open) && is_nan(bits);
        // One that came while the channel was closed may never be answered.
        let meant = self.open.iter().position(|(open, _, must)| *must && is_answered(*open));
        let meant = meant.or_else(|| self.open.iter().position(|(open, ..)| is_answered(*open)));
        if let Some(at) = meant {
            self.open.remove(at);
        } else if here.at >= self.careful_until {
            let Names { question, answer, answer_rule, .. } = self.names;
            let detail = format!("{answer} {}: no {question} waits for it", shown(bits));
            objections.add(here, Side::Own, answer_rule, SURPLUS, detail);
        }
    }

    pub(super) fn handed_question(
        &mut self,
        (here, accepted): (Here, bool),
        bits: u64,
        objections: &mut Objections,
    ) {
        self.judge_clock(here, Side::Own, bits, objections);
        if is_time(bits) {
            self.judge_pace(here, bits, objections);
        } else {
            self.last = None;
        }
        if !accepted {
            return;
        }
        if self.asked.len() == REMEMBERED {
            self.asked.pop_front();
            self.asked_more = true;
        }
        self.asked.push_back(bits);
    }

    /// Whether the answer belongs to a question that is known.
    pub(super) fn received_answer(
        &mut self,
        here: Here,
        bits: u64,
        objections: &mut Objections,
    ) -> bool {
        let is_known = self.asked.iter().rev().any(|asked| *asked == bits);
        let is_nan = f64::from_bits(bits).is_nan();
        if !is_known && !self.asked_more && !is_nan {
            let Names { question, answer, answer_rule, .. } = self.names;
            let detail = format!("{answer} {}: no {question} had these bits", shown(bits));
            objections.add(here, Side::Partner, answer_rule, NEVER_ASKED, detail);
        }
        is_known
    }

    /// A timer fires while the clock shows the time at which it is due (PEER-1), however late that is. So the
    /// timestamps tell what the times of the records cannot.
    fn judge_pace(&mut self, here: Here, bits: u64, objections: &mut Objections) {
        let time = f64::from_bits(bits);
        if let Some(last) = self.last.replace(time)
            && time - last != PACE
        {
            let Names { question, pace_rule, .. } = self.names;
            let detail = format!("{question} {}, after {}", shown(bits), shown(last.to_bits()));
            objections.add(here, Side::Own, pace_rule, OTHER_PACE, detail);
        }
    }

    fn judge_clock(&self, here: Here, side: Side, bits: u64, objections: &mut Objections) {
        if is_time(bits) {
            return;
        }
        let Names { question, clock_rule, .. } = self.names;
        let reversed = bits.swap_bytes();
        let whole = f64::from_bits(reversed);
        let hint = if is_time(reversed) && whole > 0.0 && whole.fract() == 0.0 {
            format!("; with its bytes in reverse it would be {whole}")
        } else {
            String::new()
        };
        objections.add(
            here,
            side,
            clock_rule,
            NO_TIME,
            format!("{question} {}{hint}", shown(bits)),
        );
    }
}

/// Whether a clock of milliseconds can show this. None has steps of less than a microsecond, and the smallest
/// numbers of all are those whose bytes stand in reverse.
fn is_time(bits: u64) -> bool {
    let time = f64::from_bits(bits);
    time.is_finite() && time.is_sign_positive() && (time == 0.0 || time >= 0.001)
}

/// A timestamp: as a number if it is a whole one, and as its bits otherwise.
fn shown(bits: u64) -> String {
    let time = f64::from_bits(bits);
    if is_time(bits) && time.fract() == 0.0 { format!("{time}") } else { format!("0x{bits:016x}") }
}
