//! See [`rollwire_fuzz::targets::mutate`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::mutate::run);
