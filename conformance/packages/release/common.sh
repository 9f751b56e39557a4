# shellcheck shell=bash
# What the scripts of a release share.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
targets=$repository/conformance/packages/release/targets.txt

stop() { echo "$(basename "$0"): $1" >&2; exit 2; }

# The version of the crates, which is that of everything in a release.
version() { sed -n 's/^version = "\(.*\)"$/\1/p' "$repository/Cargo.toml" | head -n 1; }

# The lines of targets.txt, without its title.
each_target() { grep -v '^#' "$targets"; }

# A folder by its whole path; it is made if it is not there.
whole() { mkdir -p "$1" && (cd "$1" && pwd); } # FOLDER

# Stops unless every target has its program.
programs_are_there() { # PROGRAMS
    local target program rest
    while read -r target program rest; do
        [ -s "$1/$target/$program" ] || stop "the program $1/$target/$program does not exist; build it with: cargo build --release --locked -p rollwire --target $target"
    done < <(each_target)
}
