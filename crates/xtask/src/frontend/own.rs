//! Gives a program parts of its own.
//!
//! The generated `parts.js` finds the program that its parts belong to by the program's address.
//! That is another program, and one that was never begun, wherever a page begins one by an address
//! of its own, as the tests do a thousand times in one document. So the program that begins makes
//! its parts, and nothing looks for it.

use crate::fault::{Fault, Result};

/// Where the program finds what makes its parts.
pub(super) const ADDRESS: &str = "./parts.js";

/// Where the generated parts find their program.
pub(super) const PROGRAM: &str = "./app.js";

/// `app.js` and `parts.js`, as generated, bound to each other; as they are where the program has no
/// parts.
pub(super) fn bind(app: &str, parts: &str) -> Result<(String, String)> {
    if !app.contains(ADDRESS) && !parts.contains("export const") {
        return Ok((app.to_owned(), parts.to_owned()));
    }
    let fault = |name| Fault::new(format!("{name} is not generated as it used to be."));
    Ok((
        program(app).ok_or_else(|| fault("app.js"))?,
        maker(parts).ok_or_else(|| fault("parts.js"))?,
    ))
}

/// The program imports each function that loads a part, by a line for each.
fn program(app: &str) -> Option<String> {
    let end = format!(" from \"{ADDRESS}\"");
    let mut bound =
        format!("import makeParts from \"{ADDRESS}\";\nconst parts = makeParts(initSync);\n");
    let mut count = 0;
    for line in app.lines() {
        let line = line.strip_suffix(';').unwrap_or(line);
        let name = line
            .strip_prefix("import * as ")
            .and_then(|line| line.strip_suffix(&end));
        if let Some(name) = name {
            bound.push_str(&format!("const {name} = parts;\n"));
            count += 1;
        }
    }
    for line in app.lines() {
        if !line.contains(&end) {
            bound.push_str(line);
            bound.push('\n');
        }
    }
    (count > 0).then_some(bound)
}

/// What was a module is the body of a function, which gives what the module exported.
fn maker(parts: &str) -> Option<String> {
    let import = format!("import {{ initSync }} from \"{PROGRAM}\";");
    let (before, body) = parts.split_once(&import)?;
    let mut names = Vec::new();
    let mut made = format!("{before}export default (initSync) => {{");
    for line in body.lines() {
        let line = match line.strip_prefix("export const ") {
            Some(definition) => {
                names.push(definition.split_once(" =")?.0);
                format!("const {definition}")
            }
            None => line.to_owned(),
        };
        made.push_str(&line);
        made.push('\n');
    }
    made.push_str(&format!("return {{ {} }};\n}};\n", names.join(", ")));
    (!names.is_empty()).then_some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str = "import * as import1 from \"./parts.js\"\n\
        import * as import2 from \"./parts.js\"\n\
        export function initSync() {}\n";

    const PARTS: &str = "import { initSync } from \"./app.js\";\n\n\
        let shared = initSync();\n\
        export const load_a = () => shared;\n\
        export const load_b = () => shared;\n";

    #[test]
    fn a_program_without_parts_stays_as_it_is() {
        let (app, parts) = bind("export default 1;\n", "").unwrap();

        assert_eq!((app.as_str(), parts.as_str()), ("export default 1;\n", ""));
    }

    #[test]
    fn the_program_makes_its_parts() {
        let (app, _) = bind(APP, PARTS).unwrap();

        assert_eq!(
            app,
            "import makeParts from \"./parts.js\";\n\
             const parts = makeParts(initSync);\n\
             const import1 = parts;\n\
             const import2 = parts;\n\
             export function initSync() {}\n"
        );
    }

    #[test]
    fn parts_are_made_for_the_program_that_asks() {
        let (_, parts) = bind(APP, PARTS).unwrap();

        assert_eq!(
            parts,
            "export default (initSync) => {\n\n\
             let shared = initSync();\n\
             const load_a = () => shared;\n\
             const load_b = () => shared;\n\
             return { load_a, load_b };\n\
             };\n"
        );
    }

    #[test]
    fn other_files_than_the_known_ones_are_a_fault() {
        assert!(bind("", PARTS).is_err());
        assert!(bind(APP, "export const load_a = 1;").is_err());
    }
}
