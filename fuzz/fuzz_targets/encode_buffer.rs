//! See [`rollwire_fuzz::targets::encode_buffer`].

#![cfg_attr(fuzzing, no_main)]

rollwire_fuzz::target!(rollwire_fuzz::targets::encode_buffer::run);
