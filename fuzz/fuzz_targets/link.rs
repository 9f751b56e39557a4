//! See [`rollwire_fuzz::targets::link`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::link::run);
