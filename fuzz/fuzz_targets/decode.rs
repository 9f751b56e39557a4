//! See [`rollwire_fuzz::targets::decode`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::decode::run);
