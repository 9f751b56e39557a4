//! See [`rollwire_fuzz::targets::exchange`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::exchange::run);
