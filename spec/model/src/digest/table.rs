//! The digest as a table of its rules: one entry for each.
//!
//! A wrong digest is this table with an entry replaced, as a wrong exchange is a `Behaviour` with one.

use std::cmp::Ordering;

use super::{
    read::NotJson,
    tree::{Member, State},
};

/// The rules of DIGEST.
#[derive(Clone, Copy, Debug)]
pub struct DigestRules {
    /// DIGEST-1, DIGEST-4 and DIGEST-10: text as a tree.
    pub reads: fn(&str) -> Result<State, NotJson>,
    /// DIGEST-2: whether a value may be a state.
    pub may_be_outermost: fn(&State) -> bool,
    /// DIGEST-3: how deep arrays and objects may be nested.
    pub deepest: usize,
    /// DIGEST-5: `null`, `false` or `true`.
    pub word: fn(Option<bool>) -> &'static str,
    /// DIGEST-5: the elements of an array, already written.
    pub elements: fn(Vec<String>) -> Vec<String>,
    /// DIGEST-6: which of two keys comes first.
    pub order: fn(&[u16], &[u16]) -> Ordering,
    /// DIGEST-7: the members that count.
    pub without_duplicates: fn(&[Member]) -> Vec<Member>,
    /// DIGEST-8: the separators after an element and after a key, in the 16-digit form.
    pub tight: [&'static str; 2],
    /// DIGEST-9: the same in the 8-digit form.
    pub spaced: [&'static str; 2],
    /// DIGEST-10: the letter after the backslash, for a unit that has one.
    pub short_escape: fn(u16) -> Option<char>,
    /// DIGEST-11: whether a unit is written as itself.
    pub is_plain: fn(u16) -> bool,
    /// DIGEST-12: any other character, which is one unit or two.
    pub long_escape: fn(&[u16]) -> String,
    /// DIGEST-13: the unit that is written for a lone surrogate.
    pub lone: fn(u16) -> u16,
    /// DIGEST-14: the double of a token.
    pub nearest: fn(&str) -> f64,
    /// DIGEST-15: an infinite number, in the 16-digit form as all up to `huge`.
    pub infinite: fn(f64) -> String,
    /// DIGEST-16: a zero.
    pub zero: fn(f64) -> String,
    /// DIGEST-17: an integral number below 10^21.
    pub integral: fn(f64) -> String,
    /// DIGEST-18: a fraction, rounded.
    pub rounds: fn(f64) -> f64,
    /// DIGEST-19: a rounded fraction.
    pub fraction: fn(&Self, f64) -> String,
    /// DIGEST-20: a finite number of 10^21 or more.
    pub huge: fn(&Self, f64) -> String,
    /// DIGEST-21: a number with a point or an exponent, in both forms.
    pub repr: fn(f64) -> String,
    /// DIGEST-22: an integer, in the 8-digit form as all that follow.
    pub exact_integer: fn(&str) -> String,
    /// DIGEST-23: how many digits an integer may have.
    pub most_digits: usize,
    /// DIGEST-24: any other number.
    pub exact_fraction: fn(&Self, f64) -> String,
    /// DIGEST-25: an infinite number, where it is not refused.
    pub exact_infinite: fn(f64) -> String,
    /// DIGEST-25: whether it is refused.
    pub refuses_infinite: bool,
    /// DIGEST-26: the digits of a canonical text.
    pub sixteen_digits: fn(&str) -> String,
    /// DIGEST-27: the digits of a canonical text.
    pub eight_digits: fn(&str) -> String,
}
