//! The files of the page. Each is one row of a table: its path, its media type, its content.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};

/// A file that is served: its path, its media type, its content.
pub type File = (&'static str, &'static str, &'static [u8]);

pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const CSS: &str = "text/css; charset=utf-8";
pub(crate) const SCRIPT: &str = "text/javascript; charset=utf-8";
const IMAGE: &str = "image/svg+xml";

/// The page itself, which is served only with the token.
pub(crate) const PAGE: File = ("/", HTML, include_bytes!("../page/index.html"));

/// The other files, which hold no secret.
pub(crate) const FILES: &[File] = &[
    ("/live.css", CSS, include_bytes!("../page/live.css")),
    ("/icon.svg", IMAGE, include_bytes!("../page/icon.svg")),
    ("/live.mjs", SCRIPT, include_bytes!("../page/live.mjs")),
    ("/column.mjs", SCRIPT, include_bytes!("../page/column.mjs")),
    ("/copying.mjs", SCRIPT, include_bytes!("../page/copying.mjs")),
    ("/elements.mjs", SCRIPT, include_bytes!("../page/elements.mjs")),
    ("/pictures.mjs", SCRIPT, include_bytes!("../page/pictures.mjs")),
    ("/verdicts.mjs", SCRIPT, include_bytes!("../page/verdicts.mjs")),
];

/// What a browser may do with everything that is served. Scripts come from here alone, text cannot become
/// elements, and no other site can show or read anything.
const HEADERS: [(header::HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    // A connection that has its answer must not take the place of another.
    (header::CONNECTION, "close"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Adds what a browser must know about everything that is served.
pub(crate) fn guarded(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The answer with a file.
pub(crate) fn answer((_, kind, content): File) -> Response<Body> {
    typed(kind, content)
}

/// An answer of this media type.
pub(crate) fn typed(kind: &'static str, content: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(content.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A sentence as an answer.
pub(crate) fn said(status: StatusCode, sentence: &str) -> Response<Body> {
    let mut response = typed("text/plain; charset=utf-8", format!("{sentence}\n"));
    *response.status_mut() = status;
    guarded(response)
}
