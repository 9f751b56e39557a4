//! Encoding and decoding as a mutant does.

use rollwire_model::{Layout, Model, RefusalClass, Value};

use super::{
    mutant::Mutant,
    mutation::{Context, Mutation, Previous},
};

/// Decodes and encodes, rightly or wrongly.
pub(crate) trait Codec {
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

impl Codec for Model {
    fn decode(&mut self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        class(Self::decode(self, bytes))
    }

    fn encode(&mut self, value: &Value) -> Result<Vec<u8>, RefusalClass> {
        class(Self::encode(self, value))
    }
}

/// An implementation of decode, encode and reencode that is wrong as its mutant says.
#[derive(Debug)]
pub(crate) struct MutantCodec<'a> {
    mutant: &'a Mutant,
    right: Model,
    wrong: Model,
    previous: Previous,
}

impl<'a> MutantCodec<'a> {
    /// The codec of a mutant in a revision, before its first datagram.
    pub(crate) fn new(mutant: &'a Mutant, layout: &Layout, revision: u8) -> Self {
        let mut edited = layout.clone();
        mutant.edit(&mut edited);
        Self {
            mutant,
            right: Model::new(layout, revision),
            wrong: Model::new(&edited, revision),
            previous: Previous::default(),
        }
    }

    fn wrong_decode(&self, bytes: &[u8]) -> Result<Value, RefusalClass> {
        let mut datagram = bytes.to_vec();
        for change in self.mutant.mutations {
            match (change, self.context()) {
                (Mutation::Received(change), _) => change(&mut datagram, self.right.layout()),
                (Mutation::RefusesDatagram(refuses), Some(context))
                    if refuses(&datagram, &context) =>
                {
                    return Err(RefusalClass::Value);
                }
                (change, Some(context)) => change.datagram(&mut datagram, &context),
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
        let context = self.context()?;
        let fields = self.mutant.mutations.iter().find_map(|change| match change {
            Mutation::InsteadOfRefusal(instead) => instead(&context),
            _ => None,
        });
        Some(Value { message: context.location.message().name.clone(), fields: fields? })
    }

    fn wrong_encode(&self, given: &Value) -> Result<Vec<u8>, RefusalClass> {
        let mut value = given.clone();
        for change in self.mutant.mutations {
            if let Mutation::Name(change) = change
                && let Some(name) = change(&value.message, self.right.layout())
            {
                value.message = name;
            }
        }
        self.changed(&mut value)?;
        let mut bytes = class(self.wrong.encode(&value))?;
        let Some(context) = self.context() else { return Ok(bytes) };
        for change in self.mutant.mutations {
            match change {
                Mutation::Written(change) => change(&mut bytes, given, &context),
                change => change.datagram(&mut bytes, &context),
            }
        }
        Ok(bytes)
    }

    fn changed(&self, value: &mut Value) -> Result<(), RefusalClass> {
        let Some(context) = self.context() else { return Ok(()) };
        let mut changes = self.mutant.mutations.iter();
        changes
            .try_for_each(|change| change.fields(&mut value.fields, &context))
            .map_err(|_| RefusalClass::Value)
    }

    fn context(&self) -> Option<Context<'_>> {
        let location = self.mutant.location.as_ref()?;
        Some(Context { location, right: &self.right, previous: &self.previous })
    }
}

impl Codec for MutantCodec<'_> {
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
            self.previous.datagram = bytes.to_vec();
            self.previous.read = Some(value.fields.clone());
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
            self.previous.written.clone_from(bytes);
            self.previous.given = Some(value.fields.clone());
        }
        encoded
    }
}

fn class<T>(answer: Result<T, rollwire_model::Refusal>) -> Result<T, RefusalClass> {
    answer.map_err(|refusal| refusal.class)
}
