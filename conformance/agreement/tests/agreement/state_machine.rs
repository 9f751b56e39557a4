//! The generator of random scenarios behind a property test: proptest picks the numbers, and makes
//! them smaller where model and reference differ.

use proptest::{collection::vec, prelude::*};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use rollwire_agreement::Reference;
use rollwire_conformance::generate::scenarios::Generator;
use rollwire_model::{
    Model,
    exchange::{Observation, Session, Stimulus},
};

/// The model, what it has observed last, and what the generator knows.
#[derive(Clone, Debug)]
struct Specified {
    session: Session,
    observed: Observation,
    generator: Generator,
}

/// A stimulus needs no more numbers than this.
const NUMBERS: usize = 12;

/// Numbers out of a list, and zeros when it has come to its end.
fn choices(numbers: &[u32]) -> impl FnMut(u32) -> u32 {
    let mut numbers = numbers.iter();
    move |below| numbers.next().copied().unwrap_or_default() % below.max(1)
}

impl ReferenceStateMachine for Specified {
    type State = Self;
    type Transition = Stimulus;

    fn init_state() -> BoxedStrategy<Self> {
        let begin = |game: u32| Self {
            session: Session::specified(&Model::latest()),
            observed: Observation::default(),
            generator: Generator::new(&mut choices(&[game])),
        };
        any::<u32>().prop_map(begin).boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Stimulus> {
        let generator = state.generator.clone();
        vec(any::<u32>(), NUMBERS)
            .prop_map(move |numbers| generator.stimulus(&mut choices(&numbers)))
            .boxed()
    }

    fn apply(mut state: Self, stimulus: &Stimulus) -> Self {
        state.observed = state.session.step(stimulus);
        state.generator.note(stimulus);
        state
    }
}

/// The reference implementation.
struct Implementation;

impl StateMachineTest for Implementation {
    type SystemUnderTest = Reference;
    type Reference = Specified;

    fn init_test(_: &Specified) -> Reference {
        Reference::new()
    }

    fn apply(mut reference: Reference, specified: &Specified, stimulus: Stimulus) -> Reference {
        assert_eq!(reference.step(&stimulus), specified.observed, "{stimulus}");
        reference
    }
}

prop_state_machine! {
    #[test]
    fn the_reference_does_what_the_model_does(sequential 1..120 => Implementation);
}
