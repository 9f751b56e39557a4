//! How the parts of a request are read: whatever is not exactly as described is malformed.

use serde_json::Value;

/// The values of these members, if the object has all of them and no others.
pub(crate) fn members<'v, const N: usize>(
    object: &'v Value,
    names: [&str; N],
) -> Option<[&'v Value; N]> {
    let object = object.as_object().filter(|it| it.len() == N)?;
    let mut values = [&Value::Null; N];
    for (value, name) in values.iter_mut().zip(names) {
        *value = object.get(name)?;
    }
    Some(values)
}

/// A frame is any integer of 32 bits.
pub(crate) fn frame(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// An integer of 8 bits.
pub(crate) fn byte(value: &Value) -> Option<u8> {
    u8::try_from(value.as_u64()?).ok()
}
