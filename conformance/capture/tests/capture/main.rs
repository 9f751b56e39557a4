//! Captures: what is read, what is judged, and what is not.

mod examples;
mod files;
mod notation;
mod packets;
mod pages;
mod rules;
