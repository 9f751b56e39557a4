//! The token: who may stream and watch.

use std::fmt;

use subtle::ConstantTimeEq;

/// How many random bytes a token has.
const BYTES: usize = 16;

/// What a program must know to be let in: 32 hex digits from the random numbers of the operating system.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new token.
    ///
    /// # Errors
    /// If the operating system has no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(rollwire_model::hex::plain(&bytes)))
    }

    /// Its digits.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether the query of a URL has this token. The time that this takes does not tell how much of it was
    /// right. A second token in a query is not read.
    #[must_use]
    pub fn is_in(&self, query: Option<&str>) -> bool {
        let given = member(query, "token").unwrap_or_default();
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    /// Without its digits: what is printed to debug may be published.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// The first value with this name in a query, as it is written there.
pub(crate) fn member<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let mut members = query?.split('&').filter_map(|member| member.split_once('='));
    members.find_map(|(key, value)| (key == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_right() {
        let token = Token::random().unwrap();
        let digits = token.text().to_owned();
        assert_eq!(digits.len(), 2 * BYTES);
        assert!(token.is_in(Some(&format!("a=b&token={digits}&token=0"))));
        for wrong in [
            format!("token={}", &digits[1..]),
            format!("token={digits}0"),
            format!("token={}", "0".repeat(2 * BYTES)),
            format!("tokens={digits}"),
            format!("token=0&token={digits}"),
            "token=".to_owned(),
            "token".to_owned(),
            String::new(),
        ] {
            assert!(!token.is_in(Some(&wrong)), "{wrong}");
        }
        assert!(!token.is_in(None));
        assert_ne!(Token::random().unwrap(), token);
        assert!(!format!("{token:?}").contains(&digits));
    }
}
