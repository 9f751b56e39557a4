//! See [`rollwire_fuzz::targets::settings`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::settings::run);
