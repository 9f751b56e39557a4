//! Wrong codecs: the model with one fact of its layout changed, or with its input or output changed.
//!
//! The mutants are generated. An operator is one way to be wrong, such as the other byte order. It is
//! applied to every field or message to which it can be applied, and to the decoder, to the encoder and to
//! both. A fault in both is not visible to an implementation that only reads what it wrote itself.
//!
//! | file | story |
//! |---|---|
//! | `location` | where an operator can be applied |
//! | `mutation` | what is done differently there |
//! | `broken_rule` | which rule that breaks |
//! | `mutant` | a codec with one thing wrong |
//! | `operators` | the operators |
//! | `codec` | encoding and decoding as a mutant does |
//! | `equivalent` | mutants that are not wrong |
//! | `matrix` | which case catches which mutant |

mod broken_rule;
mod codec;
mod equivalent;
mod location;
mod matrix;
mod mutant;
mod mutation;
mod operators;

use rollwire_model::Layout;

pub(super) use self::codec::{Codec, MutantCodec};
pub use self::{
    equivalent::EQUIVALENT,
    location::Location,
    matrix::{Catch, Matrix, MutantResult, WrongAnswer, each_wrong_answer},
    mutant::{Mutant, Side},
    operators::{Operator, all as operators},
};

/// Every mutant that is wrong, ordered by message and field, then by operator.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    let mut mutants = operators::apply(Layout::builtin());
    mutants.retain(|mutant| reason(mutant).is_none());
    mutants
}

/// Every mutant that conforms, with the reason.
#[must_use]
pub fn equivalents() -> Vec<(Mutant, &'static str)> {
    let mutants = operators::apply(Layout::builtin()).into_iter();
    mutants.filter_map(|mutant| reason(&mutant).map(|reason| (mutant, reason))).collect()
}

fn reason(mutant: &Mutant) -> Option<&'static str> {
    let listed = EQUIVALENT.iter().find(|(name, _)| *name == mutant.name);
    listed.map(|(_, reason)| *reason)
}
