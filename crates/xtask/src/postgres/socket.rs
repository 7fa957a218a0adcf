//! The folder of the server's socket. A socket's whole path may have 107 bytes, which a checkout
//! easily exceeds, so it lies elsewhere under a short name.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::account::Account;
use crate::fault::{Fault, Result};

/// One folder for each checkout, open to nobody else.
pub(super) fn folder(checkout: &Path, account: &Account) -> Result<PathBuf> {
    let name = format!("latchwork-{}", short_hash(checkout));
    let folder = Path::new("/tmp").join(name);
    match fs::create_dir(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(Fault::file("create", &folder, &error));
        }
        Err(_) if !account.owns(&folder) => {
            return Err(
                Fault::new(format!("{} belongs to somebody else.", folder.display()))
                    .mend(format!("sudo rm -r {}", folder.display())),
            );
        }
        _ => {}
    }
    account.own(&folder)?;
    Ok(folder)
}

/// The same for the same checkout, and hardly for another.
pub(super) fn short_hash(checkout: &Path) -> String {
    let path = checkout
        .canonicalize()
        .unwrap_or_else(|_| checkout.to_owned());
    Sha256::digest(path.as_os_str().as_encoded_bytes())[..5]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
