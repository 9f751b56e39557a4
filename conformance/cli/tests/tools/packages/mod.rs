//! The packages for Python and JavaScript: those of the reference implementations, and those with
//! the vectors and the command.

pub(crate) mod alike;
mod crates;
mod hostile;
mod installed;
mod launcher;
mod mistakes;
mod places;
mod readme;
mod reference;

use crate::support::Test;

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = reference::tests();
    tests.extend(alike::tests());
    tests.extend(crates::tests());
    tests.extend(hostile::tests());
    tests.extend(installed::tests());
    tests.extend(launcher::tests());
    tests.extend(readme::tests());
    tests
}
