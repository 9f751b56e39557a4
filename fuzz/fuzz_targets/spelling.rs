//! See [`rollwire_fuzz::targets::spelling`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::spelling::run);
