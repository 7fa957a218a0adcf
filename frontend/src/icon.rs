//! The icons, drawn on a grid of 24 and coloured by the text around them.

use yew::{Html, classes, html};

use crate::text::Text;

macro_rules! glyphs {
    ($($name:ident = $path:literal;)*) => {
        /// What an icon shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Glyph {
            $($name,)*
        }

        impl Glyph {
            const fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }
        }
    };
}

glyphs! {
    ArrowDown = "M12 5v14M6 13l6 6 6-6";
    ArrowBack = "M19 12H5M11 6l-6 6 6 6";
    Box = "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
    BoxTicked = "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 12l3 3 5-6";
    Chat = "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z";
    Check = "M5 13l4.5 4.5L19 7";
    ChevronDown = "M6 9l6 6 6-6";
    Clock = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3.5 2";
    Clip = "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7";
    Close = "M6 6l12 12M18 6L6 18";
    Copy = "M9 9h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM5 15a2 2 0 0 1-1-2V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 1";
    Device = "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM2.5 19.5h19";
    Dots = "M6 12v.01M12 12v.01M18 12v.01";
    Eye = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z";
    EyeShut = "M3 3l18 18M9.9 5.8A9.6 9.6 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3.2 3.9M6.3 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4.1-1M9.9 9.9a3 3 0 0 0 4.2 4.2";
    Flag = "M6 21V4M6 4h11l-2 4.5 2 4.5H6";
    Info = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v5M12 7.5v.5";
    List = "M10 6h10M10 12h10M10 18h10M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2";
    Microphone = "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M9 21h6";
    Offline = "M3 3l18 18M8 8.5A9 9 0 0 0 4 11M12 7a12 12 0 0 1 9 4M7.5 14.5A6 6 0 0 1 12 12.5M12 19v.2";
    Outside = "M8 6h10v10M18 6L7 17";
    Pencil = "M4 20l1-4.5L16 4.5a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19 4 20zM14.5 6l3.5 3.5";
    Plug = "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4";
    Plus = "M12 5v14M5 12h14";
    Repeat = "M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5";
    Bell = "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4";
    Search = "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4 4";
    Send = "M12 19V5M6 11l6-6 6 6";
    SignOut = "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M9 16l-4-4 4-4M5 12h10";
    Sparkle = "M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8zM19 16v4M17 18h4";
    Stop = "M8 7h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z";
    Tag = "M4 5a1 1 0 0 1 1-1h6.5L20 12.5a1.5 1.5 0 0 1 0 2L14.5 20a1.5 1.5 0 0 1-2 0L4 11.5zM8 8v.1";
    ThumbDown = "M7 4h9.5a2 2 0 0 1 2 1.6l1.3 6a2 2 0 0 1-2 2.4H14v4.5a2 2 0 0 1-2 2L7.5 13M7 4v9H4V4z";
    ThumbUp = "M7 20h9.5a2 2 0 0 0 2-1.6l1.3-6a2 2 0 0 0-2-2.4H14V5.5a2 2 0 0 0-2-2L7.5 11M7 20v-9H4v9z";
    Trash = "M5 7h14M10 7V5a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v2M7 7l1 12a1 1 0 0 0 1 1h6a1 1 0 0 0 1-1l1-12M10 11v5M14 11v5";
    Undo = "M4 9h10a5.5 5.5 0 0 1 0 11H9M4 9l4.5-4.5M4 9l4.5 4.5";
    Warning = "M12 4l9 16H3zM12 10v4.5M12 17v.2";
}

/// An icon beside words that say the same.
pub fn icon(glyph: Glyph) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d={glyph.path()} /></svg>
    }
}

/// An icon that stands alone, with what a screen reader says.
pub fn icon_named(glyph: Glyph, name: Text) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" role="img" aria-label={name}>
            <path d={glyph.path()} />
        </svg>
    }
}

/// The sign of the product: a bolt held in the corner of an L.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="mark-plate" x="2" y="2" width="28" height="28" rx="9" />
            <path class="mark-frame" d="M10 8v13a3 3 0 0 0 3 3h9" />
            <rect class="mark-bolt" x="15" y="10" width="9.5" height="6.5" rx="3.25" />
        </svg>
    }
}

/// The sign with the name.
pub fn brand(class: &'static str) -> Html {
    html! { <div class={classes!("brand", class)}>{mark()}<span>{Text::Product}</span></div> }
}
