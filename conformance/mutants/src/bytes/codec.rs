//! A wrong codec at work.

use rollwire_model::{Layout, Model, RefusalClass, Value};

use super::{
    Mutant,
    change::{Before, Change, Here},
};

/// Whoever decodes and encodes, rightly or wrongly.
pub(crate) trait Codes {
    /// Decodes one datagram, or says the class of the refusal.
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass>;

    /// Encodes one value, or says the class of the refusal.
    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass>;

    /// Decodes, then encodes what was decoded.
    fn reencode(&mut self, bytes: &[u8]) -> Result<Vec<u8>, RefusalClass> {
        let value = self.decode(bytes)?;
        self.encode(&value)
    }
}

impl Codes for Model {
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        class(Self::decode(self, bytes))
    }

    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass> {
        class(Self::encode(self, value))
    }
}

/// An implementation of decode, encode and reencode that is wrong as its mutant says.
#[derive(Debug)]
pub(crate) struct Codec<'a> {
    mutant: &'a Mutant,
    right: Model,
    wrong: Model,
    before: Before,
}

impl<'a> Codec<'a> {
    /// The codec of a mutant in a revision, before its first datagram.
    pub(crate) fn new(mutant: &'a Mutant, layout: &Layout, revision: u8) -> Self {
        let mut edited = layout.clone();
        mutant.edit(&mut edited);
        Self {
            mutant,
            right: Model::new(layout, revision),
            wrong: Model::new(&edited, revision),
            before: Before::default(),
        }
    }

    fn wrong_decode(&self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        let mut datagram = bytes.to_vec();
        for change in self.mutant.changes {
            match (change, self.here()) {
                (Change::Received(change), _) => change(&mut datagram, self.right.layout()),
                (Change::RefusesDatagram(refuses), Some(here)) if refuses(&datagram, &here) => {
                    return Err(RefusalClass::Value);
                }
                (change, Some(here)) => change.datagram(&mut datagram, &here),
                (_, None) => {}
            }
        }
        let mut value = match self.wrong.decode(&datagram) {
            Ok(value) => value,
            Err(refusal) => return self.instead_of_refusal().ok_or(refusal.class),
        };
        self.changed(&mut value)?;
        Ok(value)
    }

    /// The value that this codec gives where the right one refuses.
    fn instead_of_refusal(&self) -> Option<Value> {
        let here = self.here()?;
        let fields = self.mutant.changes.iter().find_map(|change| match change {
            Change::InsteadOfRefusal(instead) => instead(&here),
            _ => None,
        });
        Some(Value { message: here.place.message().name.clone(), fields: fields? })
    }

    fn wrong_encode(&self, given: &Value) -> Result<Vec<u8>, RefusalClass> {
        let mut value = given.clone();
        for change in self.mutant.changes {
            if let Change::Name(change) = change
                && let Some(name) = change(&value.message, self.right.layout())
            {
                value.message = name;
            }
        }
        self.changed(&mut value)?;
        let mut bytes = class(self.wrong.encode(&value))?;
        let Some(here) = self.here() else { return Ok(bytes) };
        for change in self.mutant.changes {
            match change {
                Change::Written(change) => change(&mut bytes, given, &here),
                change => change.datagram(&mut bytes, &here),
            }
        }
        Ok(bytes)
    }

    fn changed(&self, value: &mut Value) -> Result<(), RefusalClass> {
        let Some(here) = self.here() else { return Ok(()) };
        let mut changes = self.mutant.changes.iter();
        changes
            .try_for_each(|change| change.fields(&mut value.fields, &here))
            .map_err(|_| RefusalClass::Value)
    }

    fn here(&self) -> Option<Here<'_>> {
        let place = self.mutant.place.as_ref()?;
        Some(Here { place, right: &self.right, before: &self.before })
    }
}

impl Codes for Codec<'_> {
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        if !self.mutant.concerns_datagram(bytes) {
            return class(self.right.decode(bytes));
        }
        let decoded = if self.mutant.side.decodes() {
            self.wrong_decode(bytes)
        } else {
            class(self.right.decode(bytes))
        };
        if let Ok(value) = &decoded {
            self.before.datagram = bytes.to_vec();
            self.before.read = Some(value.fields.clone());
        }
        decoded
    }

    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass> {
        if !self.mutant.concerns_value(value) {
            return class(self.right.encode(value));
        }
        let encoded = if self.mutant.side.encodes() {
            self.wrong_encode(value)
        } else {
            class(self.right.encode(value))
        };
        if let Ok(bytes) = &encoded {
            self.before.written.clone_from(bytes);
            self.before.given = Some(value.fields.clone());
        }
        encoded
    }
}

fn class<T>(answer: Result<T, rollwire_model::Refusal>) -> Result<T, RefusalClass> {
    answer.map_err(|refusal| refusal.class)
}
