//! See [`rollwire_fuzz::targets::packets`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::packets::run);
