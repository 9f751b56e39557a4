#!/usr/bin/env bash
# Stops unless a tag is the one of this version: `tag.sh TAG`, where TAG is `v` and the version of the
# crates, and the changelog has a section for it.
set -euo pipefail
unset CDPATH
# shellcheck source=conformance/packages/release/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# = 1 ] || stop "expected one argument, the tag"
[ "$1" = "v$(version)" ] ||
    stop "the tag is $1, but the version in Cargo.toml is $(version); raise the version, or use the tag v$(version)"
grep -q "^## $(version | sed 's/\./\\./g') " "$repository/CHANGELOG.md" ||
    stop "CHANGELOG.md has no section \`## $(version) …\`; rename \`Unreleased\`"
