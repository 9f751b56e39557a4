#!/usr/bin/env bash
# Makes the packages of all published crates: `pack.sh FOLDER`, where FOLDER does not exist or is empty.
# The files NAME-VERSION.crate are then in FOLDER/crates, and the copy from which they were made in
# FOLDER/copy. Nothing is compiled; `try.sh` does that. The network is used only if the list of some crate
# was never downloaded.
set -euo pipefail
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

stop() { echo "pack.sh: $1" >&2; exit 2; }

[ $# = 1 ] || stop "expected one argument, the folder for the packages"
mkdir -p "$1"
[ -z "$(ls -A "$1")" ] || stop "$1 is not empty; name a new folder"
cd "$1"
"$here/stage.sh" copy
names=()
while read -r folder; do
    name=$(sed -n 's/^name = "\(.*\)"$/\1/p' "copy/$folder/Cargo.toml" | head -n 1)
    names+=(-p "$name")
done <"$here/folders.txt"
# Nothing of the copy is committed, so there is nothing that cargo could compare it with.
cargo package --quiet --no-verify --allow-dirty --manifest-path copy/Cargo.toml --target-dir target "${names[@]}"
mkdir crates
mv target/package/*.crate crates/
rm -r target
