//! Who the server runs as. Postgres refuses to run as root, so root lends it another user.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::env;
use crate::fault::{AtPath, Fault, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// The user who runs this tool.
    Own,
    Lent {
        user: u32,
        group: u32,
    },
}

impl Account {
    pub(crate) fn for_server() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Own);
        }
        let path = Path::new("/etc/passwd");
        let users = fs::read_to_string(path).at("read", path)?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| lent(&users, name))
            .ok_or_else(|| {
                Fault::new("Postgres refuses to run as root, and there is no user to lend it.")
                    .mend("useradd --system postgres")
            })
    }

    /// The command, run as this account, ended when we end, and with an environment of its own.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = match env::find_command("setpriv") {
            Some(setpriv) => {
                let mut command = Command::new(setpriv);
                // An interrupt makes Postgres end at once and in good order.
                command.args(["--pdeathsig", "INT", "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        if let Self::Lent { user, group } = self {
            command.uid(*user).gid(*group);
        }
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LC_MESSAGES", "C")
            // Our own folder may be closed to it.
            .current_dir("/")
            // A Ctrl-C at the terminal is for us, who then end it.
            .process_group(0);
        command
    }

    /// Gives it a folder that only it may look into.
    pub(crate) fn own(&self, folder: &Path) -> Result<()> {
        use std::os::unix::fs::{PermissionsExt, chown};
        if let Self::Lent { user, group } = self {
            chown(folder, Some(*user), Some(*group)).at("hand over", folder)?;
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).at("close", folder)
    }

    pub(crate) fn owns(&self, folder: &Path) -> bool {
        let user = match self {
            Self::Own => rustix::process::geteuid().as_raw(),
            Self::Lent { user, .. } => *user,
        };
        fs::symlink_metadata(folder).is_ok_and(|state| state.is_dir() && state.uid() == user)
    }

    /// Whether it may pass through every folder on the way to a path.
    pub(crate) fn reaches(&self, path: &Path) -> bool {
        let Self::Lent { user, group } = self else {
            return true;
        };
        path.ancestors()
            .filter(|folder| !folder.as_os_str().is_empty())
            .filter_map(|folder| fs::metadata(folder).ok())
            .all(|state| {
                let mode = state.mode();
                (mode & 0o001 != 0)
                    || (state.gid() == *group && mode & 0o010 != 0)
                    || (state.uid() == *user && mode & 0o100 != 0)
            })
    }
}

/// The user of a name in the text of `/etc/passwd`.
fn lent(users: &str, name: &str) -> Option<Account> {
    let line = users
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some(Account::Lent {
        user: fields.next()?.parse().ok()?,
        group: fields.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: &str = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n";

    #[test]
    fn a_user_is_read_from_the_list() {
        let nobody = Account::Lent {
            user: 65534,
            group: 65533,
        };

        assert_eq!(lent(USERS, "nobody"), Some(nobody));
        assert_eq!(lent(USERS, "postgres"), None);
    }

    #[test]
    fn a_closed_folder_on_the_way_is_noticed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("within");
        fs::create_dir(&within).unwrap();
        let stranger = Account::Lent {
            user: 4_000_000,
            group: 4_000_000,
        };

        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        let closed = stranger.reaches(&within);
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let open = stranger.reaches(&within);

        assert!(!closed);
        assert!(open);
        assert!(Account::Own.reaches(&within));
    }
}
