//! See [`rollwire_fuzz::targets::round_trip`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::round_trip::run);
