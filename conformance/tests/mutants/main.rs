//! tmp
use rollwire_conformance::{
    mutants::bytes::{Matrix, mutants},
    vectors::VectorSet,
};
#[test]
fn tmp() {
    let set = VectorSet::builtin().unwrap();
    let all = mutants();
    println!("{} mutants", all.len());
    let start = std::time::Instant::now();
    let matrix = Matrix::new(all, &set.cases);
    println!("{:?}", start.elapsed());
    for row in matrix.rows() {
        let (own, all) = (row.about_its_rule().len(), row.cases().len());
        if own == 0 {
            let first = row.cases().first().map(|(case, kill)| format!("{} {:?}", case.id, kill));
            println!(
                "{} {} {} {} {:?} :: {}",
                if all == 0 { "SURVIVOR" } else { "STRAY" },
                row.mutant.name,
                row.mutant.rule,
                all,
                first,
                row.mutant.fault
            );
        }
    }
}
