#!/usr/bin/env bash
# Publishes all crates on crates.io, each after those that it needs: `publish.sh`, or `publish.sh --dry-run`,
# which compiles every crate from its package and uploads nothing. cargo wants CARGO_REGISTRY_TOKEN.
set -euo pipefail
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

case $#:${1:-} in
    0: | 1:--dry-run) ;;
    *) echo "publish.sh: expected no argument or --dry-run, found: $*" >&2; exit 2 ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/stage.sh" "$scratch/copy"
# The other members of the workspace have `publish = false`, and cargo leaves them out.
cargo publish --workspace --locked --allow-dirty --manifest-path "$scratch/copy/Cargo.toml" "$@"
