//! Reads what callgrind has written: one part for each call of the measured function, and a last one at
//! the end of the program, which is empty.

/// The instructions of each call, in the order of the calls.
///
/// # Errors
///
/// When the text does not have one part for each call.
pub fn counts(text: &str, calls: usize) -> Result<Vec<u64>, String> {
    let totals: Option<Vec<u64>> = text
        .lines()
        .filter_map(|line| line.strip_prefix("totals: "))
        .map(|total| total.parse().ok())
        .collect();
    let mut totals = totals.ok_or("a total is not a number")?;
    if totals.pop() != Some(0) || totals.len() != calls {
        // The function has another name for callgrind, or was inlined.
        return Err(format!(
            "expected {calls} counts and a 0, found {} before the last",
            totals.len()
        ));
    }
    Ok(totals)
}
