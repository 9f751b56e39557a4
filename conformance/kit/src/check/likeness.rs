//! What a check has in common with others, for the engine: if the like of it breaks the adapter again and
//! again, it is asked last.

use std::rc::Rc;

use rollwire_model::{
    Model, RefusalClass,
    exchange::{ChannelState, How, Refusals, Rollback, Stimulus},
    vectors::CheckKind,
};

use crate::{
    runner::Traits,
    vectors::{CaseMeta, Origin},
};

/// What a check asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Subject<'a> {
    /// The message that it is about.
    pub(super) message: Option<&'a str>,
    /// Why it must be refused, if it must.
    pub(super) refusal: Option<RefusalClass>,
}

/// The traits of a check, the most telling first: what must be refused, what happens, what the case
/// catches, its rule, its message, its topic, and last the operation.
pub(super) fn traits(
    check: CheckKind,
    case: &dyn CaseMeta,
    origin: Origin,
    subject: Subject<'_>,
    situations: impl IntoIterator<Item = String>,
) -> Traits {
    let Subject { message, refusal } = subject;
    let refusal = refusal.map(RefusalClass::as_str);
    let flags = case.flags();
    // A fault is often one of a single message: the like of it in other messages says nothing about it.
    let refused = message.zip(refusal);
    let refused =
        refused.map(|(it, class)| format!("{check} of {it} that is refused as `{class}`"));
    let flagged = message.into_iter().flat_map(|it| {
        flags.iter().map(move |flag| format!("{check} of {it} with the flag `{flag}`"))
    });
    let refusal = refusal.map(|class| format!("{check} of what is refused as `{class}`"));
    let situations = situations.into_iter().map(|it| format!("{check} with {it}"));
    let flags = flags.iter().map(|flag| format!("{check} with the flag `{flag}`"));
    let rule = case.rules().first().map(|rule| format!("{check} under {rule}"));
    let message = message.map(|it| format!("{check} of {it}"));
    let topic = match case.id().rsplit_once('/') {
        Some(_) if origin.is_fresh() => Some(format!("{check} of fresh cases")),
        Some((topic, _)) => Some(format!("{check} of `{topic}/*`")),
        None => None,
    };
    let narrow = refused.into_iter().chain(flagged);
    let wide = refusal.into_iter().chain(situations).chain(flags);
    let all = narrow.chain(wide).chain(rule).chain(message).chain(topic);
    all.chain([check.to_string()]).map(Rc::from).collect()
}

/// What happens in a scenario: each kind of stimulus, with and without what is going on when it happens.
pub(super) fn situations(stimuli: &[Stimulus], model: &Model) -> Vec<String> {
    let (mut rolls_back, mut closed, mut refusal) = (false, false, "");
    let mut found: Vec<String> = Vec::new();
    for stimulus in stimuli {
        let happens = match stimulus {
            Stimulus::Confirm { .. } => "a confirmed frame",
            Stimulus::Tick {} => "a tick",
            Stimulus::Recv(_) => "",
            Stimulus::Rollback(Rollback::Begin(_)) => "a rollback that begins",
            Stimulus::Rollback(Rollback::End) => "a rollback that ends",
            Stimulus::Reset {} => "a reset",
            Stimulus::Channel(ChannelState::Open) => "a channel that opens",
            Stimulus::Channel(ChannelState::Closed) => "a channel that closes",
            Stimulus::Sends(_) => "sends that are refused",
            Stimulus::Advance(_) => "time that passes",
            Stimulus::Act { .. } => "an act",
            Stimulus::Ready { .. } => "an episode that begins",
            Stimulus::Ended { .. } => "an episode that ends",
            Stimulus::CatchUp {} => "a request for missing inputs",
            Stimulus::Focus { .. } => "a page that is shown or hidden",
        };
        let happens = match stimulus {
            Stimulus::Recv(datagram) => datagrams(datagram.bytes(), model),
            _ => vec![happens.to_owned()],
        };
        let during = [
            if rolls_back { " in a rollback" } else { "" },
            if closed { " while the channel is closed" } else { "" },
            refusal,
        ];
        for what in happens {
            // A fault may need the circumstances, or happen in all of them.
            for situation in [format!("{what}{}", during.concat()), what] {
                if !found.contains(&situation) {
                    found.push(situation);
                }
            }
        }
        match stimulus {
            Stimulus::Rollback(begin) => rolls_back = matches!(begin, Rollback::Begin(_)),
            Stimulus::Channel(state) => closed = *state == ChannelState::Closed,
            Stimulus::Reset {} => rolls_back = false,
            Stimulus::Sends(sends) => {
                refusal = match (sends.how, sends.refuse) {
                    (_, Refusals::Count(0)) => "",
                    (How::False, _) => " where sends return false",
                    (How::Throw, _) => " where sends throw",
                }
            }
            _ => {}
        }
    }
    // The longest say most.
    found.sort_by_key(|situation| std::cmp::Reverse(situation.len()));
    found
}

/// What a datagram is: a message, or why it is refused.
fn datagrams(bytes: &[u8], model: &Model) -> Vec<String> {
    let class = match model.decode(bytes) {
        Ok(value) => return vec![format!("a datagram of {}", value.message)],
        Err(refusal) => refusal.class.as_str(),
    };
    let messages = &model.layout().messages;
    let meant = messages.iter().find(|message| Some(&message.type_byte) == bytes.first());
    let of_message =
        meant.map(|it| format!("a datagram of {} that is refused as `{class}`", it.name));
    let of_any = format!("a datagram that is refused as `{class}`");
    of_message.into_iter().chain([of_any]).collect()
}
