//! Who is let in: by the host that a request names, by the page that it comes from, and by its token.
//!
//! A page of any site can send requests to a loopback address. A name of that site can even lead there (DNS
//! rebinding). What it cannot do is write another `Host` and another `Origin` than the browser does.

use std::{fmt, str::FromStr};

use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use rollwire_conformance::text::shorten;

use crate::token::Token;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// A tap streams.
    Tap,
    /// A game offers a connection.
    #[cfg_attr(
        not(any(feature = "peer", test)),
        expect(dead_code, reason = "only the peer is offered one")
    )]
    Game,
    /// The page and what it shows: games, captures and cases.
    Watch,
    /// A file of the page, which holds no secret.
    File,
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// A sentence for the log. It holds text from outside, which is escaped and short.
    pub(crate) why: String,
}

impl Refusal {
    fn forbidden(why: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, why: why.into() }
    }
}

/// The origin of pages whose taps may stream, such as `https://game.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// A text is not an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotOrigin(String);

impl fmt::Display for NotOrigin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = shorten(&self.0);
        write!(
            formatter,
            "{text:?} is not an origin; expected one such as https://game.example, or null for pages without one, such as files"
        )
    }
}

impl std::error::Error for NotOrigin {}

impl FromStr for Origin {
    type Err = NotOrigin;

    fn from_str(text: &str) -> Result<Self, NotOrigin> {
        let fault = || NotOrigin(text.to_owned());
        let text = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        if text == "null" {
            return Ok(Self(text));
        }
        let (scheme, host) = text.split_once("://").ok_or_else(fault)?;
        let is_scheme = matches!(scheme, "http" | "https");
        let is_host = |it: char| it.is_ascii_alphanumeric() || "-._:[]".contains(it);
        if !is_scheme || host.is_empty() || !host.chars().all(is_host) {
            return Err(fault());
        }
        // Browsers leave the port out that belongs to the scheme.
        let port = if scheme == "http" { ":80" } else { ":443" };
        Ok(Self(text.strip_suffix(port).unwrap_or(&text).to_owned()))
    }
}

/// Lets a request in, or says why not.
pub(crate) fn admit(
    (door, uri): (Door, &Uri),
    headers: &HeaderMap,
    token: &Token,
    origins: &[Origin],
) -> Result<(), Refusal> {
    let host = only(headers, &header::HOST)?.unwrap_or_default();
    if !is_loopback(host) || uri.authority().is_some_and(|it| !is_loopback(it.as_str())) {
        let host = uri.authority().map_or(host, |it| it.as_str());
        return Err(Refusal::forbidden(format!(
            "a request for the host \"{}\" was refused: only 127.0.0.1, localhost and [::1] lead here",
            shorten(host)
        )));
    }
    if let Some(origin) = only(headers, &header::ORIGIN)? {
        let is_same =
            origin.strip_prefix("http://").is_some_and(|it| it.eq_ignore_ascii_case(host));
        let is_named = || origins.iter().any(|it| it.0.eq_ignore_ascii_case(origin));
        let shown = shorten(origin);
        // A text that no browser sends is not valid as an option either.
        let advice = match origin.parse::<Origin>() {
            Ok(Origin(origin)) => format!("; `--origin {origin}` allows it"),
            Err(_) => String::new(),
        };
        let is_open = matches!(door, Door::Tap | Door::Game);
        if is_open && !is_same && !is_of_loopback(origin) && !is_named() {
            let who = if door == Door::Tap { "tap" } else { "game" };
            return Err(Refusal::forbidden(format!(
                "a {who} of a page of \"{shown}\" was refused{advice}"
            )));
        }
        if !is_open && !is_same {
            return Err(Refusal::forbidden(format!(
                "a page of \"{shown}\" was refused: only the page of this server may watch"
            )));
        }
    }
    if door != Door::File && !token.is_in(uri.query()) {
        return Err(Refusal::forbidden(
            "a request without the right token was refused; copy the whole address",
        ));
    }
    Ok(())
}

/// The value of a header that may be there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    let text = first.map(|it| it.to_str()).transpose();
    match (text, values.next()) {
        (Ok(text), None) => Ok(text),
        _ => Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            why: format!("a request whose header `{name}` is not one text was refused"),
        }),
    }
}

/// Whether a host, with a port or without, is a name of this computer that no name server decides.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    is_port && ["127.0.0.1", "localhost", "[::1]"].iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Whether a page comes from a server on this computer.
fn is_of_loopback(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some_and(is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(door: Door, uri: &str, host: &str, origin: Option<&str>) -> Result<(), Refusal> {
        let token = Token::random().unwrap();
        let uri: Uri = uri.replace("TOKEN", token.text()).parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        let origins = ["https://game.example".parse().unwrap()];
        admit((door, &uri), &headers, &token, &origins)
    }

    #[test]
    fn only_a_loopback_host_leads_here() {
        for host in ["127.0.0.1:9", "localhost:9", "[::1]:9", "LocalHost", "[::1]"] {
            ask(Door::File, "/live.css", host, None).unwrap();
        }
        for host in [
            "evil.example:9",
            "127.0.0.1.evil.example:9",
            "localhost.evil.example",
            "127.0.0.1:9:9",
            "127.0.0.1:x",
            "user@127.0.0.1",
            "0.0.0.0:9",
            "",
            "[::1",
        ] {
            let refusal = ask(Door::File, "/live.css", host, None).unwrap_err();
            assert_eq!(refusal.status, StatusCode::FORBIDDEN, "{host}");
        }
        ask(Door::File, "http://evil.example/live.css", "localhost", None).unwrap_err();
    }

    #[test]
    fn a_tap_may_come_from_where_the_user_said() {
        for door in [Door::Tap, Door::Game] {
            may_come_from(|origin| ask(door, "/x?token=TOKEN", "127.0.0.1:9", origin));
        }
    }

    fn may_come_from(from: impl Fn(Option<&'static str>) -> Result<(), Refusal>) {
        for origin in [
            None,
            Some("http://localhost:8080"),
            Some("https://127.0.0.1"),
            Some("http://[::1]:5173"),
            Some("https://game.example"),
        ] {
            assert_eq!(from(origin), Ok(()), "{origin:?}");
        }
        for origin in [
            "https://other.example",
            "http://game.example",
            "https://game.example:444",
            "http://localhost.evil.example",
            "null",
        ] {
            let refusal = from(Some(origin)).unwrap_err();
            assert!(refusal.why.contains(&format!("`--origin {origin}` allows it")), "{refusal:?}");
        }
        // A text that was made up is not advised.
        for origin in ["", "https://x;rm -rf ~", "https://x`id`", "https://[x]*", "$(id)"] {
            let refusal = from(Some(origin)).unwrap_err();
            assert!(!refusal.why.contains("--origin"), "{refusal:?}");
        }
    }

    #[test]
    fn only_the_own_page_watches() {
        let from = |origin| ask(Door::Watch, "/watch?token=TOKEN", "127.0.0.1:9", origin);
        assert_eq!(from(None), Ok(()));
        assert_eq!(from(Some("http://127.0.0.1:9")), Ok(()));
        for origin in ["http://127.0.0.1:8", "http://localhost:9", "https://game.example", "null"] {
            from(Some(origin)).unwrap_err();
        }
    }

    #[test]
    fn everything_but_files_needs_the_token() {
        for door in [Door::Tap, Door::Watch] {
            ask(door, "/x", "localhost", None).unwrap_err();
            ask(door, "/x?token=0", "localhost", None).unwrap_err();
        }
        ask(Door::File, "/x", "localhost", None).unwrap();
    }

    #[test]
    fn a_header_that_is_there_twice_is_refused() {
        let (token, uri) = (Token::random().unwrap(), Uri::from_static("/x"));
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, "localhost".parse().unwrap());
        admit((Door::File, &uri), &headers, &token, &[]).unwrap();
        headers.append(header::HOST, "localhost".parse().unwrap());
        let refusal = admit((Door::File, &uri), &headers, &token, &[]).unwrap_err();
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
    }

    #[test]
    fn origins_are_read_as_browsers_write_them() {
        let read = |text: &str| text.parse::<Origin>();
        assert_eq!(read("https://Game.example:443/"), read("https://game.example"));
        assert_eq!(read("http://a.b:80"), read("http://a.b"));
        assert!(read("null").is_ok());
        for wrong in ["game.example", "ftp://a.b", "https://", "https://a.b/c", "*", "https://*"] {
            assert!(read(wrong).unwrap_err().to_string().contains("https://game.example"));
        }
    }
}
