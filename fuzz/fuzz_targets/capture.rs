//! See [`rollwire_fuzz::targets::capture`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::capture::run);
