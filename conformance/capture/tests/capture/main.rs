//! Captures: what is read, what is judged, and what is not.

mod examples;
mod files;
mod notation;
mod pages;
mod rules;
