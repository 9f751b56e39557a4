#!/usr/bin/env bash
# Puts `rollwire` on the PATH of the steps that follow: from a release, built from source, or as it is.
#
# ROLLWIRE_VERSION     a version, `source`, `installed`, or nothing for the version of this checkout
# ROLLWIRE_REPOSITORY  OWNER/NAME of the repository with the releases
# ROLLWIRE_RELEASES    the address of the folder with the releases, where a mirror is used
#
# It has to run in bash 3.2, which macOS has.
set -euo pipefail
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
checkout=$(cd "$here/../.." && pwd)
# shellcheck source=conformance/action/common.sh
. "$here/common.sh"

# The names are those of Rust, as in the archives of a release.
target() {
    case "$(uname -s)-$(uname -m)" in
        Linux-x86_64) echo x86_64-unknown-linux-gnu ;;
        Darwin-arm64) echo aarch64-apple-darwin ;;
        Darwin-x86_64) echo x86_64-apple-darwin ;;
        MINGW*-x86_64 | MSYS*-x86_64 | CYGWIN*-x86_64) echo x86_64-pc-windows-msvc ;;
        *) stop "no release has a program for $(uname -s) on $(uname -m); use \`version: source\`" ;;
    esac
}

# The version of the crates, which is that of the release.
own_version() { sed -n 's/^version = "\([^"]*\)".*/\1/p' "$checkout/Cargo.toml" | head -n 1; }

sha256() { # FILE
    if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

fetch() { # ADDRESS FILE
    curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' \
        --retry 3 --max-time 300 --max-filesize 200000000 --output "$2" "$1" ||
        stop "$1 cannot be fetched; is there a release of this version? \`version: source\` builds the program instead"
}

install_release() { # VERSION
    local number='^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$' repository='^[0-9A-Za-z_.-]+/[0-9A-Za-z_.-]+$'
    [[ $1 =~ $number ]] || stop "version: expected a version such as 0.1.0, \`source\` or \`installed\`, found: $1"
    local from=${ROLLWIRE_REPOSITORY:-rollwire/rollwire}
    [[ $from =~ $repository ]] || stop "expected OWNER/NAME of a repository, found: $from"
    local triple
    triple=$(target)
    local name=rollwire-$1-$triple
    local releases=${ROLLWIRE_RELEASES:-https://github.com/$from/releases/download}
    fetch "$releases/v$1/$name.tar.gz" "$folder/$name.tar.gz"
    fetch "$releases/v$1/SHA256SUMS" "$folder/SHA256SUMS"
    local expected found
    expected=$(tr -d '\r' <"$folder/SHA256SUMS" | awk -v file="$name.tar.gz" '$2 == file { print $1 }')
    [[ $expected =~ ^[0-9a-f]{64}$ ]] || stop "SHA256SUMS of version $1 does not list $name.tar.gz exactly once"
    found=$(sha256 "$folder/$name.tar.gz")
    [ "$found" = "$expected" ] ||
        stop "$name.tar.gz is damaged: its SHA-256 is $found, and SHA256SUMS says $expected"
    # Only what is expected is unpacked, whatever else the archive contains.
    local program=rollwire
    case $triple in *windows*) program=rollwire.exe ;; esac
    (cd "$folder" && tar -xzf "$name.tar.gz" "$name/$program")
    add_to_path "$folder/$name"
}

install_source() {
    command -v cargo >/dev/null || stop "\`version: source\` needs cargo; add a step that installs Rust"
    cargo build --release --locked -p rollwire --manifest-path "$checkout/Cargo.toml" --target-dir "$folder/target"
    add_to_path "$folder/target/release"
}

add_to_path() { # FOLDER: for this script, and for the steps that follow
    PATH=$1:$PATH
    native "$1" >>"$GITHUB_PATH"
}

folder=$(mktemp -d "$(as_unix "$RUNNER_TEMP")/rollwire-program.XXXXXX")
case ${ROLLWIRE_VERSION:-} in
    installed) command -v rollwire >/dev/null || stop "\`version: installed\`, but \`rollwire\` is not on the PATH" ;;
    source) install_source ;;
    "") install_release "$(own_version)" ;;
    *) install_release "$ROLLWIRE_VERSION" ;;
esac
rollwire --version
