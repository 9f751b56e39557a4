#!/usr/bin/env bash
# Makes the packages of a release for Python and npm: `packages.sh PROGRAMS FOLDER`, where PROGRAMS/TARGET/
# has the program of each target in targets.txt. The wheels are then in FOLDER/python, and the tarballs in
# FOLDER/npm, the one of `rollwire` by the name of its version, and those of the platforms beside it.
#
# Nothing is compiled. It needs python3 with pip, which takes hatchling from PyPI, and npm.
set -euo pipefail
unset CDPATH
# shellcheck source=conformance/packages/release/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# = 2 ] || stop "expected two arguments, the folder with the programs and the one for the packages"
programs_are_there "$1"
programs=$(whole "$1")
folder=$(whole "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

wheel() { # PROGRAM TAG: both may be empty
    ROLLWIRE_BINARY=$1 ROLLWIRE_PLATFORM=$2 python3 -m pip wheel --quiet --disable-pip-version-check \
        --no-deps --wheel-dir "$folder/python" "$repository/conformance/packages/python"
}

build_npm() { node "$repository/conformance/packages/npm/build.mjs" --output "$scratch/npm" "$@" >/dev/null; }

wheel "" ""
build_npm
while read -r target program tag platform; do
    # The name in the wheel is that of the file, and its mode too.
    install -D -m 755 "$programs/$target/$program" "$scratch/$target/$program"
    wheel "$scratch/$target/$program" "$tag"
    build_npm --platform "$platform" --binary "$scratch/$target/$program"
done < <(each_target)
mkdir -p "$folder/npm"
for package in "$scratch"/npm/*; do
    npm pack --silent --pack-destination "$folder/npm" "$package" >/dev/null
done
ls "$folder"/python/* "$folder"/npm/*
