//! The English texts, which are also the list of all names.

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

            /// The sentence in the language of the page.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

texts! {
    Product = "Latchwork";

    FailUnreachable = "Latchwork can’t be reached. Check your connection.";
    FailSignedOut = "Your session has ended. Sign in to go on.";
    FailTooMany = "Too many attempts. Try again in {seconds} s.";
    FailWrongPassword = "Wrong email or password.";
    FailEmailTaken = "There is an account with this email already. Sign in instead.";
    FailEmail = "This is not an email address.";
    FailPasswordShort = "The password needs at least 8 characters.";
    FailPasswordLong = "The password may have at most 128 characters.";
    FailDatabase = "The database does not answer. It may be waking up; try again in a moment.";
    FailModel = "The assistant does not answer at the moment. Your message is kept.";
    FailMessageLong = "The message is too long. Shorten it and send it again.";
    FailUnreadable = "The server gave an answer that can’t be read.";
    FailUnknown = "Something went wrong.";
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn every_gap_is_closed() {
        for text in Text::ALL {
            let sentence = text.as_str();

            assert!(!sentence.is_empty(), "{text:?}");
            assert_eq!(
                sentence.matches('{').count(),
                sentence.matches('}').count(),
                "{text:?}"
            );
        }
    }
}
