//! What the first page costs to load, and what comes later.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::page::Site;

/// What the page of somebody who has just signed in may weigh, compressed.
const AIM: usize = 220_000;

#[derive(Serialize, Deserialize)]
pub(crate) struct Size {
    name: String,
    raw: usize,
    brotli: usize,
    /// Nothing is seen before it is here.
    is_first: bool,
}

/// Everything that a browser may fetch, what is needed first at the top. Compressed as strongly as
/// a content network does for files that it keeps.
pub(crate) fn measure(site: &Site) -> Vec<Size> {
    let files = site.files.iter();
    let mut sizes: Vec<Size> = files
        .map(|(name, content)| Size {
            name: name.clone(),
            raw: content.len(),
            brotli: compressed(content),
            is_first: site.first.contains(name),
        })
        .collect();
    sizes.sort_by_key(|size| (!size.is_first, std::cmp::Reverse(size.brotli)));
    sizes
}

fn compressed(content: &[u8]) -> usize {
    let params = brotli::enc::BrotliEncoderParams::default();
    let mut out = Vec::new();
    // Reading from and writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &content[..], &mut out, &params);
    out.len()
}

/// One line for each file; the sum of the first page beside what it should be.
pub(crate) fn table(sizes: &[Size]) -> String {
    let (first, later): (Vec<&Size>, Vec<&Size>) = sizes.iter().partition(|size| size.is_first);
    let sum = |of: fn(&Size) -> usize| first.iter().map(|size| of(size)).sum::<usize>();
    let (raw, brotli) = (sum(|size| size.raw), sum(|size| size.brotli));
    let verdict = match brotli <= AIM {
        true => "reached",
        false => "missed",
    };
    let mut text = format!("{:>11} {:>11}  first page\n", "bytes", "brotli");
    list(&mut text, &first);
    let _ = writeln!(
        text,
        "  {raw:>9} {brotli:>11}  total; the aim of {AIM} is {verdict}"
    );
    let _ = writeln!(text, "{:>11} {:>11}  later, or never", "bytes", "brotli");
    list(&mut text, &later);
    text.truncate(text.trim_end().len());
    text
}

fn list(text: &mut String, sizes: &[&Size]) {
    for Size {
        name, raw, brotli, ..
    } in sizes
    {
        let _ = writeln!(text, "  {raw:>9} {brotli:>11}  /{name}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_first_page_needs_is_counted() {
        let site = Site {
            files: vec![
                ("later.wasm".to_owned(), vec![0; 99]),
                ("index.html".to_owned(), vec![b'a'; 1000]),
            ],
            first: vec!["index.html".to_owned()],
        };

        let sizes = measure(&site);

        assert_eq!((sizes[0].raw, sizes[1].raw), (1000, 99));
        assert!(sizes[0].brotli < 50);
        let table = table(&sizes);
        let total = format!(
            "1000 {:>11}  total; the aim of 220000 is reached",
            sizes[0].brotli
        );
        assert!(table.contains(&total), "{table}");
        assert!(table.ends_with("/later.wasm"), "{table}");
    }

    #[test]
    fn a_missed_aim_is_told() {
        let size = Size {
            name: "index.html".to_owned(),
            raw: 999_999,
            brotli: AIM + 1,
            is_first: true,
        };

        assert!(table(&[size]).contains("is missed"));
    }
}
