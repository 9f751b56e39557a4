//! Who is let in.

use crate::client::{ask, get, open, server, until_heard, with_token};

#[test]
fn a_page_of_another_site_is_refused() {
    let (server, heard) = server(None);
    let (tap, watch) = (with_token(&server, "/tap"), with_token(&server, "/watch"));
    assert_eq!(open(&server, &tap, Some("https://evil.example")).unwrap_err(), 403);
    until_heard(&heard, "`--origin https://evil.example` allows it");
    assert_eq!(open(&server, &tap, Some("null")).unwrap_err(), 403);
    open(&server, &tap, Some("https://game.example")).unwrap();
    open(&server, &tap, Some("http://localhost:5173")).unwrap();
    open(&server, &tap, None).unwrap();
    for origin in ["https://game.example", "http://localhost:5173", "null"] {
        assert_eq!(open(&server, &watch, Some(origin)).unwrap_err(), 403, "{origin}");
    }
    open(&server, &watch, Some(&format!("http://127.0.0.1:{}", server.port()))).unwrap();
    server.stop();
}

#[test]
fn a_wrong_token_is_refused() {
    let (server, heard) = server(None);
    let right = server.token().to_owned();
    for token in [String::new(), right[1..].to_owned(), right.replace(|_| true, "0")] {
        for path in ["/tap", "/watch"] {
            let path = format!("{path}?token={token}");
            assert_eq!(open(&server, &path, None).unwrap_err(), 403, "{path}");
        }
        for path in ["/", "/capture", "/case"] {
            let (head, body) = get(&server, &format!("{path}?token={token}&connection=1"));
            assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
            assert!(!body.contains(&right));
        }
    }
    until_heard(&heard, "without the right token");
    let (head, body) = get(&server, &with_token(&server, "/"));
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(body.contains("<title>rollwire live</title>"), "{body}");
    server.stop();
}

#[test]
fn a_host_that_is_not_this_computer_is_refused() {
    let (server, heard) = server(None);
    let request = format!("GET {} HTTP/1.1", with_token(&server, "/"));
    for host in ["evil.example", "127.0.0.1.evil.example", "192.168.1.1", "\u{1b}[31m"] {
        let (head, _) = ask(server.port(), &[&request, &format!("Host: {host}")]);
        assert!(head.starts_with("HTTP/1.1 40"), "{host:?}: {head}");
    }
    until_heard(&heard, "only 127.0.0.1, localhost and [::1] lead here");
    for host in ["localhost:1", "127.0.0.1", "[::1]:80"] {
        let (head, _) = ask(server.port(), &[&request, &format!("Host: {host}")]);
        assert!(head.starts_with("HTTP/1.1 200 "), "{host}: {head}");
    }
    assert!(heard.lock().unwrap().iter().all(|it| !it.contains('\u{1b}')));
    server.stop();
}

#[test]
fn every_answer_tells_the_browser_what_it_may_do() {
    let (server, _) = server(None);
    let page = with_token(&server, "/");
    for path in [&*page, "/live.mjs", "/live.css", "/icon.svg", "/nothing", "/", "/../Cargo.toml"] {
        let (head, _) = get(&server, path);
        let head = head.to_ascii_lowercase();
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self';",
            "require-trusted-types-for 'script'",
            "frame-ancestors 'self'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("unsafe-") && !head.contains("set-cookie"), "{head}");
        assert!(!head.contains("access-control"), "{head}");
    }
    let (head, _) = ask(server.port(), &[&format!("POST {page} HTTP/1.1"), "Host: localhost"]);
    assert!(head.starts_with("HTTP/1.1 405 "), "{head}");
    server.stop();
}

#[test]
fn only_the_loopback_interface_is_listened_at() {
    let (server, _) = server(None);
    assert!(server.page().starts_with("http://127.0.0.1:"));
    // All of 127.0.0.0/8 is this computer, and a server of every interface would answer there.
    #[cfg(target_os = "linux")]
    std::net::TcpStream::connect(("127.0.0.2", server.port())).unwrap_err();
    server.stop();
}
