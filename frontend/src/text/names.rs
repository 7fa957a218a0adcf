//! What a list of texts becomes: a name for each, and its English sentence.

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// The name of a visible text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Text {
            $($(#[$doc])* $name,)*
        }

        impl Text {
            /// Every name there is, for translators and for the test of the files.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What the files of the other languages call it.
            pub fn named(name: &str) -> Option<Self> {
                let place = [$(stringify!($name),)*].iter().position(|known| *known == name)?;
                Self::ALL.get(place).copied()
            }

            /// The sentence in English.
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

pub(super) use texts;
