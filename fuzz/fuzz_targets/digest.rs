//! See [`rollwire_fuzz::targets::digest`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::digest::run);
