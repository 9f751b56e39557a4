//! HTML and Markdown: nothing that is shown becomes part of the page.

use std::collections::BTreeSet;

use base64::Engine as _;
use sha2::{Digest, Sha256};

use crate::{
    reports::{convert, golden},
    run::run,
};

/// The names of all elements that begin somewhere in a page.
fn elements(page: &str) -> BTreeSet<&str> {
    let begun = page.match_indices('<').map(|(at, _)| &page[at + 1..]);
    begun
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .filter(|name| !name.is_empty())
        .collect()
}

/// What stands between two texts.
fn between<'a>(page: &'a str, begin: &str, end: &str) -> &'a str {
    page.split_once(begin).unwrap().1.split_once(end).unwrap().0
}

fn assert_closed(page: &str) {
    let ours = [
        "a",
        "b",
        "blockquote",
        "body",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "html",
        "i",
        "input",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "meta",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "span",
        "strong",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    let (style, script) =
        (between(page, "<style>", "</style>"), between(page, "<script>", "</script>"));
    let markup = page.replace(style, "").replace(script, "");
    let foreign: Vec<&str> =
        elements(&markup).into_iter().filter(|it| !ours.contains(it)).collect();
    assert_eq!(foreign, [""; 0]);
    assert_eq!(markup.matches("<script").count(), 1);
    // Nothing is loaded from anywhere, and links stay within the page.
    for text in [style, script] {
        assert!(
            !["url(", "@import", "fetch", "http", "innerHTML"].iter().any(|it| text.contains(it))
        );
    }
    let attribute = |name: &str| {
        let parts: Vec<String> = markup
            .split(&format!(" {name}=\""))
            .skip(1)
            .map(|it| it.split('"').next().unwrap_or_default().to_owned())
            .collect();
        parts
    };
    assert!(attribute("href").iter().all(|link| link.starts_with('#')));
    for name in ["src", "style", "onerror", "onclick", "srcset", "action"] {
        assert_eq!(attribute(name), [""; 0], "{name}");
    }
    // The policy allows these two texts and nothing else.
    let digest = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(digest))
    };
    let policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let (style, script) = (digest(style), digest(script));
    // askama writes an apostrophe as a reference.
    assert_eq!(
        policy.replace("&#39;", "'"),
        format!(
            "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
        )
    );
}

#[test]
fn html_is_closed_against_what_it_shows() {
    let page = convert(&golden(), "html", 3);
    assert_closed(&page);
    assert!(page.contains("&#60;script&#62;alert(1)"), "the name is shown as text");
    // What a reader looks for is there.
    for text in [
        "class=\"marked\"",
        "▲ frame",
        "<mark>83886080</mark>",
        "rollback begin 0",
        "panicked at",
        "exit code",
    ] {
        assert!(page.contains(text), "{text}");
    }
    // Every link leads somewhere.
    let links = page.split("href=\"#").skip(1).map(|it| it.split('"').next().unwrap());
    for link in links {
        assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
    }
    // Every square of a failure, every failure and every tile has its link.
    assert_eq!(page.matches("<a class=\"cell").count(), 5);
    assert_eq!(page.matches("↑ Rules").count(), 5);
    assert_eq!(page.matches("↑ Cause ").count(), 4);
    assert_eq!(between(&page, "class=\"tiles\"", "</ul>").matches("<a href=").count(), 8);
}

#[test]
#[should_panic(expected = "foreign")]
fn foreign_elements_are_found() {
    assert!(elements("<p>a <img src=x>").iter().all(|it| *it == "p"), "foreign");
}

#[test]
fn markdown_has_no_markup_from_outside() {
    let text = convert(&golden(), "markdown", 3);
    let ours = ["code", "details", "pre", "summary"].into();
    assert_eq!(elements(&text.replace("</", "<")), ours);
    // In `<pre>` Markdown means nothing; anywhere else nothing of the adapter's is left of it.
    let mut rest = String::new();
    for (at, part) in text.split("<pre>").enumerate() {
        rest += if at == 0 { part } else { part.split_once("</pre>").unwrap().1 };
    }
    for hostile in ["](", "**", "`", "@everyone", "$("] {
        assert!(!rest.contains(hostile), "{hostile}");
    }
    assert_eq!(text.matches("<details>").count(), 5);
}

#[test]
fn implementations_side_by_side_are_closed_too() {
    let golden = golden();
    let golden = golden.to_str().unwrap();
    assert_closed(&run(&["report", "merge", golden, golden, "--format", "html"], 3).0);
}
