//! See [`rollwire_fuzz::targets::vectors_file`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::vectors_file::run);
