//! Server-sent events out of bytes, wherever the network cuts them.
//!
//! Written after the WHATWG HTML standard, section 9.2: lines end with `\n`, `\r\n` or `\r`, an
//! empty line ends a frame, a line that begins with a colon is a comment.
//!
//! **Invariant:** a frame that its empty line did not close is never handed out, because half
//! a frame is what a killed server leaves behind.

use std::mem;

/// One event as the wire has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The `id:` line, if the frame had one.
    pub id: Option<String>,
    /// The `data:` lines, joined by line feeds.
    pub data: String,
}

/// Takes bytes as they come and gives back the frames they complete.
#[derive(Debug, Default)]
pub struct Parser {
    line: Vec<u8>,
    frame: Frame,
    has_data: bool,
    /// The last byte was `\r`: a `\n` that follows belongs to it.
    after_cr: bool,
    begun: bool,
}

impl Parser {
    /// The frames that end in this piece. Text is decoded line by line, so a character whose
    /// bytes lie in two pieces is whole again when its line is.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Vec::new();
        for &byte in bytes {
            let follows_cr = mem::replace(&mut self.after_cr, byte == b'\r');
            match byte {
                b'\n' if follows_cr => {}
                b'\n' | b'\r' => frames.extend(self.end_line()),
                _ => self.line.push(byte),
            }
        }
        frames
    }

    fn end_line(&mut self) -> Option<Frame> {
        let line = mem::take(&mut self.line);
        let mut line = String::from_utf8_lossy(&line);
        if !mem::replace(&mut self.begun, true)
            && let Some(rest) = line.strip_prefix('\u{feff}')
        {
            line = rest.to_owned().into();
        }
        if line.is_empty() {
            let frame = mem::take(&mut self.frame);
            return mem::take(&mut self.has_data).then_some(frame);
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if mem::replace(&mut self.has_data, true) {
                    self.frame.data.push('\n');
                }
                self.frame.data.push_str(value);
            }
            "id" => self.frame.id = Some(value.to_owned()),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> Vec<Frame> {
        Parser::default().push(bytes)
    }

    fn data(frames: &[Frame]) -> Vec<&str> {
        frames.iter().map(|frame| frame.data.as_str()).collect()
    }

    #[test]
    fn an_empty_line_ends_a_frame() {
        let frames = whole(b"data: one\n\ndata: two\n\n");

        assert_eq!(data(&frames), ["one", "two"]);
    }

    #[test]
    fn every_cut_gives_the_same_frames() {
        let stream = "\u{feff}id: 7\r\ndata: {\"t\":\"grün 🌿\"}\r\n\r\n:ping\ndata:a\rdata: b\r\rdata: c\n\n";
        let bytes = stream.as_bytes();
        let expected = whole(bytes);
        assert_eq!(data(&expected), ["{\"t\":\"grün 🌿\"}", "a\nb", "c"]);
        assert_eq!(expected[0].id.as_deref(), Some("7"));

        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let mut parser = Parser::default();
                let mut frames = parser.push(&bytes[..first]);
                frames.extend(parser.push(&bytes[first..second]));
                frames.extend(parser.push(&bytes[second..]));

                assert_eq!(frames, expected, "cut at {first} and {second}");
            }
        }
    }

    #[test]
    fn comments_and_unknown_fields_make_no_frame() {
        let frames = whole(b":\n: ping\n\nretry: 10\nevent: x\n\ndata: real\n\n");

        assert_eq!(data(&frames), ["real"]);
    }

    #[test]
    fn an_unfinished_frame_is_dropped() {
        let mut parser = Parser::default();

        assert_eq!(parser.push(b"data: half"), []);
        assert_eq!(parser.push(b"\n"), []);
    }

    #[test]
    fn empty_data_is_data() {
        assert_eq!(data(&whole(b"data\n\ndata:\n\n")), ["", ""]);
    }

    #[test]
    fn only_one_space_is_taken_off() {
        assert_eq!(data(&whole(b"data:  two\n\n")), [" two"]);
    }

    #[test]
    fn broken_utf8_spoils_no_neighbour() {
        let frames = whole(b"data: \xff\n\ndata: ok\n\n");

        assert_eq!(data(&frames), ["\u{fffd}", "ok"]);
    }
}
