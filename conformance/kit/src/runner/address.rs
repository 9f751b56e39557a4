//! Where an adapter listens: `tcp:HOST:PORT`.

use std::{fmt, net::IpAddr, str::FromStr};

/// The address of an adapter that is already running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// A name or an IP address, without brackets.
    pub host: String,
    /// The port, not 0.
    pub port: u16,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || "expected tcp:HOST:PORT, as in `tcp:127.0.0.1:7007`".to_owned();
        let rest = text.strip_prefix("tcp:").ok_or_else(expected)?;
        let (host, port) = rest.rsplit_once(':').ok_or_else(expected)?;
        let port = match port.parse() {
            Ok(0) | Err(_) => return Err("expected a port from 1 to 65535".to_owned()),
            Ok(port) => port,
        };
        let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let host = match bare {
            Some(inner) if inner.parse::<std::net::Ipv6Addr>().is_ok() => inner,
            Some(_) => return Err("expected an IPv6 address between `[` and `]`".to_owned()),
            None => host,
        };
        let named = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let is_name = !host.is_empty() && !host.starts_with('-') && host.chars().all(named);
        if is_name || bare.is_some() {
            return Ok(Self { host: host.to_owned(), port });
        }
        Err("expected a name or an IP address for HOST, with an IPv6 address in brackets"
            .to_owned())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port } = self;
        if host.contains(':') {
            write!(f, "tcp:[{host}]:{port}")
        } else {
            write!(f, "tcp:{host}:{port}")
        }
    }
}

/// Whether an IP address is a loopback address, also if IPv6 wraps an IPv4 address.
pub(super) fn is_loopback(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written() {
        for text in ["tcp:127.0.0.1:7007", "tcp:localhost:1", "tcp:[::1]:65535", "tcp:a-b.c:80"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        for text in [
            "127.0.0.1:7007",
            "tcp:7007",
            "tcp::7007",
            "tcp:localhost:0",
            "tcp:localhost:65536",
            "tcp:::1:7007",
            "tcp:[localhost]:7007",
            "tcp:-x:7007",
            "tcp:a b:7007",
            "udp:localhost:7007",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }

    #[test]
    fn loopback_is_loopback_in_every_notation() {
        for text in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert!(is_loopback(text.parse().unwrap()), "{text}");
        }
        for text in ["0.0.0.0", "::", "192.168.0.1", "::ffff:10.0.0.1", "fe80::1"] {
            assert!(!is_loopback(text.parse().unwrap()), "{text}");
        }
    }
}
