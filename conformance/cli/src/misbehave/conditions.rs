//! The requests at which an adapter misbehaves.

use super::adapter_process::Request;

/// The datagram of `ping/infinity`, the one case at which many adapters misbehave.
const ONE_CASE: &str = "027ff0000000000000";

pub(super) fn always(_: &Request) -> bool {
    true
}

pub(super) fn at_hello(request: &Request) -> bool {
    request.is("hello")
}

pub(super) fn after_hello(request: &Request) -> bool {
    !request.is("hello")
}

/// At the request to decode `ping/infinity`.
pub(super) fn at_one_case(request: &Request) -> bool {
    request.is("decode") && request.json["hex"] == ONE_CASE
}
