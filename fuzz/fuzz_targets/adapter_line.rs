//! See [`rollwire_fuzz::targets::adapter_line`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::adapter_line::run);
