//! What the first page costs to load.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::page::Site;

#[derive(Serialize, Deserialize)]
pub(crate) struct Size {
    name: String,
    raw: usize,
    brotli: usize,
}

/// Compressed as strongly as a content network does for files that it keeps.
pub(crate) fn measure(site: &Site) -> Vec<Size> {
    let needed = |name: &String| site.first.contains(name);
    let files = site.files.iter().filter(|(name, _)| needed(name));
    files
        .map(|(name, content)| Size {
            name: name.clone(),
            raw: content.len(),
            brotli: compressed(content),
        })
        .collect()
}

fn compressed(content: &[u8]) -> usize {
    let params = brotli::enc::BrotliEncoderParams::default();
    let mut out = Vec::new();
    // Reading from and writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &content[..], &mut out, &params);
    out.len()
}

/// One line for each file and their sum.
pub(crate) fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:>11} {:>11}  first page\n", "bytes", "brotli");
    for size in sizes {
        let _ = writeln!(
            text,
            "  {:>9} {:>11}  /{}",
            size.raw, size.brotli, size.name
        );
    }
    let raw: usize = sizes.iter().map(|size| size.raw).sum();
    let brotli: usize = sizes.iter().map(|size| size.brotli).sum();
    let _ = write!(text, "  {raw:>9} {brotli:>11}  total");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_first_page_needs_is_counted() {
        let site = Site {
            files: vec![
                ("index.html".to_owned(), vec![b'a'; 1000]),
                ("later.png".to_owned(), vec![0; 99]),
            ],
            first: vec!["index.html".to_owned()],
        };

        let sizes = measure(&site);

        assert_eq!(sizes.len(), 1);
        assert_eq!(sizes[0].raw, 1000);
        assert!(sizes[0].brotli < 50);
        assert!(table(&sizes).ends_with("total"));
    }
}
