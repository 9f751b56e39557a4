//! A dissector for Wireshark: the layouts as a table in Lua, and a program in Lua that reads it.
//!
//! | file | story |
//! |---|---|
//! | `table` | the layouts, rules and filters as one value |
//! | `filters` | the names by which Wireshark finds the fields |
//! | `literal` | a value as a literal of Lua |
//! | `dissector.lua` | checks a datagram in the order of `spec/refusals.md`, and shows it |
//!
//! The program knows the kinds of fields, and no message.

mod filters;
mod literal;
mod table;

use rollwire_model::Layout;

pub use self::filters::{Filter, NAME, filters};

/// The dissector in Lua, for `tshark -X lua_script:FILE` and for the folder of Wireshark's plugins.
///
/// The tests run it in Wireshark 4.0 or newer.
#[must_use]
pub fn dissector(layout: &Layout) -> String {
    let table = literal::lua(&table::table(layout));
    let (version, program) = (env!("CARGO_PKG_VERSION"), include_str!("dissector.lua"));
    format!(
        "-- A dissector of {NAME} datagrams for Wireshark. Made by `{NAME} tools wireshark`, version {version},\n\
         -- from the table of message layouts: change that, and not this file.\n\
         \n\
         local LAYOUT = {table}\n\
         \n\
         {program}"
    )
}
