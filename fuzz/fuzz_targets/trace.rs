//! See [`rollwire_fuzz::targets::trace`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::trace::run);
