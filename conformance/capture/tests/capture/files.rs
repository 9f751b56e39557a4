//! Files: whole ones, cut ones, and those that are no captures.
