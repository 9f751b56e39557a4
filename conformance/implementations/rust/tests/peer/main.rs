//! The peer as a game uses it, where the worked scenarios of the specification are silent.

mod between;
mod bounds;
mod catchup;
mod ends;
mod episode;
mod focus;
mod live;
mod options;
mod recorder;
mod support;
mod sync;
mod two_peers;
mod valid;
