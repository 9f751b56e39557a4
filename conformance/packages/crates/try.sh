#!/usr/bin/env bash
# Builds `rollwire` from nothing but its packages: `try.sh CRATES FOLDER`, where CRATES is a folder with
# the files NAME-VERSION.crate, and FOLDER does not exist or is empty.
#
# The packages take each other from FOLDER, as they would from crates.io. Other crates come from where
# cargo keeps what it has downloaded; the network is not used. The program is FOLDER/target/debug/rollwire.
set -euo pipefail
unset CDPATH

stop() { echo "try.sh: $1" >&2; exit 2; }

[ $# = 2 ] || stop "expected two arguments, the folder with the packages and a new one"
crates=$(cd "$1" && pwd)
mkdir -p "$2"
[ -z "$(ls -A "$2")" ] || stop "$2 is not empty; name a new folder"
cd "$2"
mkdir .cargo
echo '[patch.crates-io]' >.cargo/config.toml
for crate in "$crates"/*.crate; do
    [ -f "$crate" ] || stop "$crates has no packages; make them with pack.sh"
    tar -xzf "$crate"
    name=$(basename "$crate" .crate)
    # Without the version, which begins with the first digit after a dash.
    printf '%s = { path = "%s" }\n' "${name%%-[0-9]*}" "$PWD/$name" >>.cargo/config.toml
done
command=(rollwire-[0-9]*)
[ -d "${command[0]}" ] || stop "$crates has no package of the command"
cd "${command[0]}"
# Nothing above this folder is asked: the packages are not members of another workspace.
printf '\n[workspace]\n' >>Cargo.toml
cargo build --offline --bin rollwire --target-dir "${CARGO_TARGET_DIR:-../target}"
