//! What a program may do on a person's behalf.

use std::fmt;

/// A set of scopes (RFC 6749, section 3.3). The person's own page has them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes {
    read: bool,
    write: bool,
}

impl Scopes {
    pub const READ: Self = Self {
        read: true,
        write: false,
    };
    /// Whoever may change tasks may see them: a program that changes blindly helps nobody.
    pub const ALL: Self = Self {
        read: true,
        write: true,
    };

    /// Every name there is, in the order in which they are written.
    pub const NAMES: [&str; 2] = ["tasks:read", "tasks:write"];

    /// The scopes that a text names; others are none of ours and left out. `None` if that leaves
    /// nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let named = |name| text.split(' ').any(|scope| scope == name);
        let write = named("tasks:write");
        let read = write || named("tasks:read");
        read.then_some(Self { read, write })
    }

    pub const fn covers(self, other: Self) -> bool {
        (self.read || !other.read) && (self.write || !other.write)
    }

    /// What both have.
    #[must_use]
    pub const fn within(self, other: Self) -> Self {
        Self {
            read: self.read && other.read,
            write: self.write && other.write,
        }
    }

    pub const fn may_write(self) -> bool {
        self.write
    }
}

/// As it is written on the wire.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [read, write] = Self::NAMES;
        match (self.read, self.write) {
            (_, true) => write!(f, "{read} {write}"),
            (true, false) => f.write_str(read),
            (false, false) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scopes in [Scopes::READ, Scopes::ALL] {
            assert_eq!(Scopes::parse(&scopes.to_string()), Some(scopes));
        }
        assert_eq!(
            Scopes::parse("tasks:write offline_access"),
            Some(Scopes::ALL)
        );
        for text in [
            "",
            "offline_access",
            "tasks",
            "TASKS:READ",
            "tasks:read,tasks:write",
        ] {
            assert_eq!(Scopes::parse(text), None, "{text}");
        }
    }

    #[test]
    fn more_covers_less() {
        assert!(Scopes::ALL.covers(Scopes::READ));
        assert!(!Scopes::READ.covers(Scopes::ALL));
        assert_eq!(Scopes::ALL.within(Scopes::READ), Scopes::READ);
    }
}
