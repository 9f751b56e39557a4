//! Prints the dictionary, `rollwire.dict`.

fn main() {
    print!("{}", rollwire_fuzz::dictionary::text());
}
