//! Reads what an observation shows of a peer in one pass, as [`scan`](super::scan) does with the rest.

use rollwire_model::{
    exchange::{Member, Observation},
    peer::{Double, EpisodeView, Hashes, Page, Phase, Start, ValidationPhase},
};

use super::scan::Text;

impl Text<'_> {
    /// The value of a member that only a peer has.
    pub(super) fn member_of_peer(&mut self, member: Member, seen: &mut Observation) -> Option<()> {
        let view = &mut seen.peer;
        match member {
            Member::Confirmed => view.confirmed = self.optional(Self::frame)?,
            Member::Held => {
                self.list(|text| {
                    view.held.push(text.pair(|text| u8::try_from(text.frame()?).ok())?);
                    Some(())
                })?;
                view.held.sort_by_key(|entry| entry.0);
            }
            Member::RoundTrips => self.list(|text| {
                view.round_trips.push(Double(u64::from_be_bytes(text.hash()?.0)));
                Some(())
            })?,
            Member::Validation => {
                view.validation = match self.string()? {
                    b"idle" => ValidationPhase::Idle,
                    b"validating" => ValidationPhase::Validating,
                    b"validated" => ValidationPhase::Validated,
                    b"failed" => ValidationPhase::Failed,
                    _ => return None,
                };
            }
            Member::Episode => view.episode = self.optional(Self::episode)?,
            Member::Request => view.request = self.optional(|text| text.pair(Self::frame))?,
            Member::Partner => {
                view.partner = match self.string()? {
                    b"shown" => Page::Shown,
                    b"hidden" => Page::Hidden,
                    _ => return None,
                };
            }
            // An exchange has the others, too.
            _ => return None,
        }
        Some(())
    }

    /// A list of a frame and something else.
    fn pair<T>(&mut self, other: impl FnOnce(&mut Self) -> Option<T>) -> Option<(u32, T)> {
        self.byte(b'[')?;
        let frame = self.frame()?;
        self.byte(b',')?;
        let other = other(self)?;
        self.byte(b']')?;
        Some((frame, other))
    }

    /// An object with each of the six members of an episode exactly once.
    fn episode(&mut self) -> Option<EpisodeView> {
        let (mut number, mut phase, mut end) = (None, None, None);
        let (mut agreed, mut start, mut hashes) = (None, None, None);
        self.object(|text, name| {
            let again = match name {
                b"number" => number.replace(text.frame()?).is_some(),
                b"phase" => phase.replace(text.phase()?).is_some(),
                b"end" => end.replace(text.optional(Self::frame)?).is_some(),
                b"agreed" => agreed.replace(text.optional(Self::truth)?).is_some(),
                b"start" => start.replace(text.optional(Self::start)?).is_some(),
                b"hashes" => hashes.replace(text.optional(Self::hashes)?).is_some(),
                _ => return None,
            };
            (!again).then_some(())
        })?;
        let (number, phase, end) = (number?, phase?, end?);
        Some(EpisodeView { number, phase, end, agreed: agreed?, start: start?, hashes: hashes? })
    }

    fn phase(&mut self) -> Option<Phase> {
        Some(match self.string()? {
            b"waiting" => Phase::Waiting,
            b"playing" => Phase::Playing,
            b"ending" => Phase::Ending,
            b"complete" => Phase::Complete,
            _ => return None,
        })
    }

    fn start(&mut self) -> Option<Start> {
        match self.string()? {
            b"both" => Some(Start::Both),
            b"alone" => Some(Start::Alone),
            _ => None,
        }
    }

    fn hashes(&mut self) -> Option<Hashes> {
        match self.string()? {
            b"equal" => Some(Hashes::Equal),
            b"different" => Some(Hashes::Different),
            _ => None,
        }
    }

    fn truth(&mut self) -> Option<bool> {
        let truth = self.peek()? == b't';
        self.word(if truth { b"true" } else { b"false" })?;
        Some(truth)
    }
}
