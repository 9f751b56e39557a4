#!/usr/bin/env bash
# Makes a copy of the repository from which cargo can package every published crate:
# `stage.sh FOLDER`, where FOLDER does not exist or is empty.
#
# A crate contains only files of its own folder. What is compiled in from elsewhere, the chapters and the
# vectors, is copied there, and the paths in the source follow. README.md says what is changed and why.
set -euo pipefail
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../../.." && pwd)

stop() { echo "stage.sh: $1" >&2; exit 2; }

[ $# = 1 ] || stop "expected one argument, the folder for the copy"
mkdir -p "$1"
[ -z "$(ls -A "$1")" ] || stop "$1 is not empty; name a new folder"
cd "$1"
# What git knows, as it is now: no results of builds, and no file that was forgotten somewhere.
git -C "$repository" ls-files -z | tar -C "$repository" --null --files-from=- -cf - | tar -xf -

replace() { # COUNT FILE OLD NEW: stops unless the file has the text as often as that
    local found
    found=$({ grep -oF -- "$3" "$2" || true; } | wc -l)
    [ "$found" -eq "$1" ] || stop "$2: expected \`$3\` $1 times, found it $found times; change stage.sh with the source"
    OLD=$3 NEW=$4 perl -pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/g' "$2"
}

# The vectors, for the kit.
mkdir conformance/kit/vectors
(cd vectors && find . -name '*.json' ! -path './schema/*' -print0 | tar --null --files-from=- -cf -) |
    tar -C conformance/kit/vectors -xf -
replace 3 conformance/kit/src/vectors/published.rs '"../../../../vectors/' '"../../vectors/'

# The chapters and the table of messages, for the model.
mkdir spec/model/spec
cp spec/*.md spec/messages.toml spec/model/spec/
# shellcheck disable=SC2016 # a name of Rust's
replace 1 spec/model/src/chapters.rs 'concat!("../../", $name)' 'concat!("../spec/", $name)'
replace 1 spec/model/src/layout.rs '"../../messages.toml"' '"../spec/messages.toml"'

# The skeletons, for the command. Cargo takes a folder with a Cargo.toml for another package and leaves it
# out, so every file gets another name.
find conformance/cli/templates -type f -exec mv {} {}.in \;
# shellcheck disable=SC2016 # a name of Rust's
replace 1 conformance/cli/src/skeletons.rs '"/", $path))' '"/", $path, ".in"))'

# The files of the demo, for the live page.
for folder in demo/page implementations/javascript/src tap/javascript/src; do
    mkdir -p "conformance/live/elsewhere/$folder"
    cp "conformance/$folder"/* "conformance/live/elsewhere/$folder"
done
replace 3 conformance/live/src/demo.rs '"../../' '"../elsewhere/'

# crates.io knows versions and no folders. The crates belong together, so each asks for exactly its own
# release. Dependencies of tests stay without a version, and cargo leaves them out.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
[ -n "$version" ] || stop "Cargo.toml has no workspace version"
while read -r folder; do
    cp LICENSE-MIT LICENSE-APACHE "$folder/"
    VERSION=$version perl -pi -e '
        $section = $1 if /^\[(.*)\]/;
        s/^(rollwire-[a-z-]+ = \{ )path = /$1version = "=$ENV{VERSION}", path = / if $section eq "dependencies";
    ' "$folder/Cargo.toml"
done <"$here/folders.txt"

# Without a list of git's, cargo would leave out what begins with a dot.
git -c init.defaultBranch=main init --quiet
git add --all
