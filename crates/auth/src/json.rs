//! JSON objects read strictly, once, and without a tree.
//!
//! Parsers disagree on which of two equal names wins, so an attacker could show one value to us
//! and another to a proxy: names are unique at every depth (RFC 7515, section 4; RFC 7519,
//! section 4). Size and depth are bounded, because the signature was not checked yet when the
//! header is read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Objects and lists within each other.
const DEEPEST: u8 = 16;

/// Members of one object; a token of 8 KiB could hold a thousand, none of ours has twenty.
const MOST_MEMBERS: usize = 100;

/// A value, as far as any rule of ours looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json<'a> {
    Text(Cow<'a, str>),
    /// A number without fraction and exponent.
    Whole(i64),
    List(Vec<Json<'a>>),
    /// An object, a fraction, a number beyond 64 bits, `true`, `false` or `null`.
    Other,
}

impl Json<'_> {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Hands each member of an object to `take`; `None` if the bytes are anything else.
pub(crate) fn members<'a>(bytes: &'a [u8], take: impl FnMut(&str, Json<'a>)) -> Option<()> {
    let mut parser = serde_json::Deserializer::from_slice(bytes);
    Members(take).deserialize(&mut parser).ok()?;
    parser.end().ok()
}

struct Members<F>(F);

impl<'a, F: FnMut(&str, Json<'a>)> DeserializeSeed<'a> for Members<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a, F: FnMut(&str, Json<'a>)> Visitor<'a> for Members<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, access: A) -> Result<(), A::Error> {
        object(access, DEEPEST, self.0)
    }
}

fn object<'a, A: MapAccess<'a>>(
    mut access: A,
    depth: u8,
    mut take: impl FnMut(&str, Json<'a>),
) -> Result<(), A::Error> {
    let mut names: Vec<Cow<'a, str>> = Vec::with_capacity(16);
    while let Some(Name(name)) = access.next_key()? {
        if names.contains(&name) || names.len() == MOST_MEMBERS {
            return Err(A::Error::custom("a member too many"));
        }
        take(&name, access.next_value_seed(Within(depth))?);
        names.push(name);
    }
    Ok(())
}

/// A member's name with its escapes resolved, so that `"s\u0075b"` is `sub`.
struct Name<'a>(Cow<'a, str>);

impl<'a> Deserialize<'a> for Name<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'a> Visitor<'a> for Text {
            type Value = Name<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Name<'a>, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Name<'a>, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

/// Any value, so many levels deep at the most.
#[derive(Clone, Copy)]
struct Within(u8);

impl Within {
    fn below<E: Error>(self) -> Result<Self, E> {
        let deeper = self.0.checked_sub(1).map(Self);
        deeper.ok_or_else(|| E::custom("too deep"))
    }
}

impl<'a> DeserializeSeed<'a> for Within {
    type Value = Json<'a>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Json<'a>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Within {
    type Value = Json<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'a>, E> {
        Ok(Json::Other)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Json<'a>, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Json<'a>, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Json<'a>, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Json<'a>, E> {
        Ok(i64::try_from(number).map_or(Json::Other, Json::Whole))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json<'a>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut access: A) -> Result<Json<'a>, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(value) = access.next_element_seed(below)? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'a>>(self, access: A) -> Result<Json<'a>, A::Error> {
        let Self(depth) = self.below()?;
        object(access, depth, |_, _| {})?;
        Ok(Json::Other)
    }
}

#[cfg(test)]
mod tests;
