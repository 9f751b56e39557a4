//! The judge and the engine, through the library alone.

mod engine;
mod judge;
