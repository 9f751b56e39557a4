//! The published vectors, as the seeds of the fuzz targets want them.

use rollwire_conformance::vectors::VectorSet;

/// The published set.
pub(crate) fn set() -> &'static VectorSet {
    VectorSet::builtin().expect("the published set is complete")
}
