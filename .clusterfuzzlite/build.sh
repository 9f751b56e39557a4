#!/usr/bin/env bash
# What OSS-Fuzz and ClusterFuzzLite run in their image: every target into $OUT, each with its seeds,
# the dictionary and its limits. `.ci/deep cluster` runs it too, and then what it built.
set -euo pipefail
cd "${SRC:?where the sources lie}/rollwire"

triple=$(rustc -vV | sed -n 's/^host: //p')
cargo run -q --locked --manifest-path fuzz/Cargo.toml --bin seeds
for options in fuzz/options/*.options; do
    target=$(basename "$options" .options)
    # Named, because cargo-fuzz instruments the other programs of the crate otherwise.
    cargo fuzz build "$target"
    cp "fuzz/target/$triple/release/$target" "${OUT:?where the targets go}/"
    cp "$options" "$OUT/$target.options"
    cp fuzz/rollwire.dict "$OUT/$target.dict"
    find "fuzz/corpus/$target" -type f | sort | zip -q -j -@ "$OUT/${target}_seed_corpus.zip"
done
