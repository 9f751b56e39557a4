//! The search for a packet, a value or a scenario on which an implementation differs from the model.
//!
//! | file | story |
//! |---|---|
//! | `question` | what is asked, and what may be answered |
//! | `finding` | a difference, as a case of a vector file |
//!
//! Each case is a function of the seed and its number (`generate/fuzz.rs`), and everything below the first one
//! that fails is asked, so a seed always finds the same difference.

mod finding;
mod question;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use rollwire_model::{Model, RefusalClass, vectors::CheckKind};

use self::{finding::Finder, question::Question};
use crate::{
    check::{judgement::Judgement, scenario::visible::Visible},
    generate,
    protocol::{Capability, Hello},
    run::probes,
    runner::{Adapter, Ask, Stop},
    vectors::CaseSeed,
    verdict::{Counts, Verdict},
};

pub use self::finding::Finding;

/// How long to search, besides the limits that the engine knows.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where the questions come from.
    pub seed: u64,
    /// The most questions to ask.
    pub cases: Option<u64>,
    /// No question is asked after so long.
    pub time: Option<Duration>,
    /// Whether a SHOULD that is not met is a difference too.
    pub strict: bool,
}

/// What has been asked so far.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The verdicts.
    pub counts: Counts,
    /// The messages that datagrams were, and values.
    pub messages: BTreeSet<String>,
    /// The classes of right refusals.
    pub classes: BTreeSet<RefusalClass>,
}

/// What a search came to.
#[derive(Debug)]
pub struct Report {
    /// Everything that was asked, but for what was asked to shrink a finding.
    pub tally: Tally,
    /// The first difference, if there is one.
    pub finding: Option<Finding>,
    /// Why the search ended early.
    pub stop: Option<Stop>,
    /// What there is to say about the answers as a whole, such as that some came late.
    pub notes: Vec<String>,
}

/// A search for an implementation that is started and has said who it is.
#[derive(Debug)]
pub struct Search<'a> {
    model: Arc<Model>,
    hello: &'a Hello,
    options: Options,
}

impl<'a> Search<'a> {
    /// A search at the revision of this hello.
    #[must_use]
    pub fn new(hello: &'a Hello, options: Options) -> Self {
        Self { model: Arc::new(Model::specified(hello.revision)), hello, options }
    }

    /// How many messages the revision has.
    #[must_use]
    pub fn message_count(&self) -> usize {
        let messages = &self.model.layout().messages;
        messages.iter().filter(|message| message.since <= self.model.revision()).count()
    }

    /// Whether any capability is declared that can be asked for.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        CheckKind::ALL.into_iter().any(|kind| self.hello.declares(Capability::of_check(kind)))
    }

    /// The question with this number; none where it may not be asked.
    fn question(&self, number: u64) -> Option<Question> {
        let draw = CaseSeed { seed: self.options.seed, number };
        Question::new(generate::fuzz::case(&self.model, draw)?, self.hello, &self.model)
    }

    /// Asks until a difference is found, or as long as the options say; `watch` sees the tally after
    /// every answer.
    pub fn run(&self, adapter: &mut dyn Adapter, watch: &mut dyn FnMut(&Tally)) -> Report {
        let mut tally = Tally::default();
        let probed = probes::before(adapter, self.hello, &self.model, self.options.seed)
            .and_then(|probed| probed.stop().map_or(Ok(probed), Err));
        let probed = match probed {
            Ok(probed) => probed,
            Err(stop) => {
                return Report { tally, finding: None, stop: Some(stop), notes: adapter.notes() };
            }
        };
        let first = self.first_difference(adapter, &mut tally, watch);
        let finding = first.map(|(number, question, judgement)| {
            let draw = CaseSeed { seed: self.options.seed, number };
            let (model, hello) = (&self.model, self.hello);
            Finder { adapter, model, hello, draw }.finding(&question, &judgement)
        });
        let mut stop = adapter.stopped().cloned();
        if stop.is_none() && finding.is_none() {
            stop = probed.after(adapter).err();
        }
        Report { tally, finding, stop, notes: adapter.notes() }
    }

    /// The difference with the lowest number.
    fn first_difference(
        &self,
        adapter: &mut dyn Adapter,
        tally: &mut Tally,
        watch: &mut dyn FnMut(&Tally),
    ) -> Option<(u64, Question, Judgement)> {
        let shown = Visible::by(self.hello);
        let waiting: RefCell<BTreeMap<usize, (u64, Question)>> = RefCell::default();
        let first: RefCell<Option<(u64, Question, Judgement)>> = RefCell::default();
        let begin = Instant::now();
        let mut numbers = 0_u64..;
        let mut asked = 0;
        let mut asks = std::iter::from_fn(|| -> Option<Ask> {
            loop {
                let spent = self.options.cases.is_some_and(|cases| asked as u64 >= cases)
                    || self.options.time.is_some_and(|time| begin.elapsed() >= time);
                if spent || first.borrow().is_some() {
                    return None;
                }
                let number = numbers.next()?;
                let Some(question) = self.question(number) else { continue };
                let Some(script) = question.script(number) else { continue };
                waiting.borrow_mut().insert(asked, (number, question));
                asked += 1;
                return Some(Ask::new(asked - 1, script));
            }
        });
        adapter.ask_some(&mut asks, &mut |place, reply, _| {
            let Some((number, question)) = waiting.borrow_mut().remove(&place) else { return };
            let judgement = question.judge(reply, shown);
            if judgement.verdict == Verdict::NotRun {
                return;
            }
            tally.counts.add(judgement.verdict);
            let (message, class) = question.reaches();
            if let Some(message) = message
                && !tally.messages.contains(message)
            {
                tally.messages.insert(message.to_owned());
            }
            tally.classes.extend(class);
            watch(tally);
            let mut first = first.borrow_mut();
            let is_first = first.as_ref().is_none_or(|(before, ..)| number < *before);
            if is_first && self.is_difference(judgement.verdict) {
                *first = Some((number, question, judgement));
            }
        });
        first.into_inner()
    }

    fn is_difference(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::Fail | Verdict::Error => true,
            Verdict::Weak => self.options.strict,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::{Capability, Implementation, Malformed},
        runner::{Connection, Deliver, Remark, Reply, StartupFault},
    };

    /// Answers nothing that can be read, the newest question of each window first.
    struct Backwards;

    impl Adapter for Backwards {
        fn start(&mut self) -> Result<Hello, StartupFault> {
            unreachable!("it is started already")
        }

        fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
            loop {
                let window: Vec<Ask> = asks.take(16).collect();
                if window.is_empty() {
                    return;
                }
                for Ask { place, .. } in window.into_iter().rev() {
                    deliver(place, Reply::Malformed(Malformed::NoneOfFour), &mut String::new);
                }
            }
        }

        fn stopped(&self) -> Option<&Stop> {
            None
        }

        fn take_stderr(&mut self) -> String {
            String::new()
        }

        fn finish(&mut self) -> Vec<Remark> {
            Vec::new()
        }

        fn connection(&self) -> Connection {
            Connection::Started
        }
    }

    #[test]
    fn the_first_difference_is_the_one_with_the_lowest_number() {
        let name = String::new;
        let hello = Hello {
            parameters: rollwire_model::peer::Parameters::default(),
            implementation: Implementation { name: name(), version: name(), language: name() },
            revision: 7,
            capabilities: Capability::ALL.into(),
            messages: None,
            window: 16,
            sessions: 1,
        };
        let options = Options { seed: 1, cases: Some(40), time: None, strict: false };
        let search = Search::new(&hello, options);
        let mut tally = Tally::default();
        let first = search.first_difference(&mut Backwards, &mut tally, &mut |_| {});
        assert_eq!(first.map(|(number, ..)| number), Some(0));
        assert_eq!(tally.counts.total(), 16, "nothing is asked behind a difference");
    }
}
