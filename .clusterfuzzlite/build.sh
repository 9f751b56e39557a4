#!/usr/bin/env bash
# OSS-Fuzz and ClusterFuzzLite run this in their image. It puts every target into $OUT, each with its
# seeds, limits and the dictionary. `.ci/deep cluster` runs it too, and starts what it built.
set -euo pipefail
cd "${SRC:?the folder that holds the sources}/rollwire"

triple=$(rustc -vV | sed -n 's/^host: //p')
cargo run -q --locked --manifest-path fuzz/Cargo.toml --bin seeds
for options in fuzz/options/*.options; do
    target=$(basename "$options" .options)
    # By name: otherwise cargo-fuzz instruments the other programs of the crate too.
    cargo fuzz build "$target"
    cp "fuzz/target/$triple/release/$target" "${OUT:?the folder for the targets}/"
    cp "$options" "$OUT/$target.options"
    cp fuzz/rollwire.dict "$OUT/$target.dict"
    find "fuzz/corpus/$target" -type f | sort | zip -q -j -@ "$OUT/${target}_seed_corpus.zip"
done
