//! What the adapter is started with.

use rollwire_reference::exchange::HashSends;

/// What the implementation is to declare and to do. By default hashes do not last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the hashes of every exchange last, and how often each own one is sent then: the
    /// capability `lasting-hashes` and the parameter `hash_sends`.
    pub lasting_hashes: Option<HashSends>,
}

impl Options {
    /// Changes the options as an argument of the program says. Other arguments change nothing.
    ///
    /// # Errors
    /// When its value is wrong.
    pub fn read(&mut self, argument: &str) -> Result<(), String> {
        let Some(rest) = argument.strip_prefix("--lasting-hashes") else { return Ok(()) };
        self.lasting_hashes = Some(match rest {
            "" | "=1" => HashSends::Once,
            "=2" => HashSends::Twice,
            "=3" => HashSends::ThreeTimes,
            _ => {
                let usage = "expected --lasting-hashes, or --lasting-hashes=N with N from 1 to 3";
                return Err(format!("{usage}, found {argument:?}"));
            }
        });
        Ok(())
    }
}
