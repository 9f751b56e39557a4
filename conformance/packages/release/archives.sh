#!/usr/bin/env bash
# Makes the archives of a release: `archives.sh PROGRAMS FOLDER`, where PROGRAMS/TARGET/ has the program
# of each target in targets.txt, and FOLDER is for the archives rollwire-VERSION-TARGET.tar.gz.
#
# The same programs give the same archives, byte for byte: no file has a time or an owner of its own. This
# needs GNU tar. There is one format for all systems, because each of them brings a program that reads it.
set -euo pipefail
unset CDPATH
# shellcheck source=conformance/packages/release/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# = 2 ] || stop "expected two arguments, the folder with the programs and the one for the archives"
programs_are_there "$1"
programs=$(whole "$1")
folder=$(whole "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

while read -r target program _; do
    name=rollwire-$(version)-$target
    mkdir "$scratch/$name"
    install -m 644 "$repository"/{README.md,CHANGELOG.md,LICENSE-MIT,LICENSE-APACHE} "$scratch/$name/"
    # What keeps programs between two jobs does not keep their modes.
    install -m 755 "$programs/$target/$program" "$scratch/$name/$program"
    tar -C "$scratch" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -cf - "$name" |
        gzip -9n >"$folder/$name.tar.gz"
    echo "$folder/$name.tar.gz"
done < <(each_target)
