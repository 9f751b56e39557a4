//! Vector sets: the published set, which is embedded in the program, and the user's own files.
//!
//! | file | story |
//! |---|---|
//! | `case` | a case of any kind, and where it comes from |
//! | `set` | cases in the order of a run |
//! | `file` | the text of one vector file |
//! | `published` | the published files, checked against their manifest |
//! | `load` | the user's files and folders, read within bounds |
//! | `usable`, `size` | whether a case of a user's file can be asked, and is not too large |
//! | [`filter`] | selects cases by globs over their ids |
//! | [`lint`] | checks cases against the specification |
//! | `flags` | what the flags of cases mean |
//! | `fault` | why vectors cannot be used |

mod case;
mod fault;
mod file;
pub mod filter;
mod flags;
pub mod lint;
mod load;
mod published;
mod set;
mod size;
mod usable;

pub use self::{
    case::{AnyCase, CaseMeta, CaseSeed, Content, Origin},
    fault::VectorsFault,
    file::{file_text, parse_file},
    flags::{Flag, flags},
    published::{FILES, FLAGS, MANIFEST},
    set::{VectorSet, VectorsId},
};
pub(crate) use size::fits_in_a_file;
