//! A large answer, of which the connection takes one piece after another.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

/// The size of a piece, in bytes.
const PIECE: usize = 64 * 1024;

/// An answer that gives its place back when its last piece was taken, or its reader has gone.
#[derive(Debug)]
pub(crate) struct Piecewise {
    text: Vec<u8>,
    sent: usize,
    _place: OwnedSemaphorePermit,
}

impl Piecewise {
    pub(crate) fn new(text: Vec<u8>, place: OwnedSemaphorePermit) -> Self {
        Self { text, sent: 0, _place: place }
    }
}

impl Body for Piecewise {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let left = &self.text[self.sent..];
        if left.is_empty() {
            return Poll::Ready(None);
        }
        // A copy, so that a piece on its way does not keep the whole text.
        let piece = Bytes::copy_from_slice(&left[..left.len().min(PIECE)]);
        self.sent += piece.len();
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.text.len() - self.sent) as u64)
    }
}
