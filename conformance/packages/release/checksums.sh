#!/usr/bin/env bash
# Writes SHA256SUMS for all files of a folder, as `sha256sum --check` reads it: `checksums.sh FOLDER`.
set -euo pipefail
unset CDPATH
# shellcheck source=conformance/packages/release/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# = 1 ] || stop "expected one argument, the folder with the files of the release"
cd "$1"
rm -f SHA256SUMS
files=(*)
[ -f "${files[0]}" ] || stop "$1 has no files"
# Written elsewhere first, so that the list is not a file of the list.
sums=$(LC_ALL=C sha256sum -- "${files[@]}")
printf '%s\n' "$sums" >SHA256SUMS
cat SHA256SUMS
