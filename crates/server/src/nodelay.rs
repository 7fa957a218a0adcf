//! Small pieces of a stream, sent at once.
//!
//! The runtime listens itself and leaves TCP as it is: what is written while an earlier piece is
//! not acknowledged waits for that, and whoever reads acknowledges after up to 40 ms (RFC 896,
//! RFC 1122, section 4.2.3.2). The first word of a quick answer would come that much later than
//! it could. Connections inherit the option from the socket that they came to.

use std::fs;
use std::io;

use rustix::net::sockopt::set_tcp_nodelay;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};

/// For every TCP socket that the process has by now.
///
/// # Errors
/// If the system does not hand out copies of our own sockets, on which nothing depends.
pub(crate) fn set() -> io::Result<()> {
    let own = pidfd_open(getpid(), PidfdFlags::empty())?;
    for entry in fs::read_dir("/proc/self/fd")? {
        let name = entry?.file_name();
        let Some(number) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // A copy is the same socket. The folder itself is among them, and closed by now.
        if let Ok(copy) = pidfd_getfd(&own, number, PidfdGetfdFlags::empty()) {
            // Files and other sockets refuse.
            let _ = set_tcp_nodelay(&copy, true);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn connections_to_a_listener_of_ours_send_at_once() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();

        set().unwrap();

        let _client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (accepted, _) = listener.accept().unwrap();
        assert!(accepted.nodelay().unwrap());
    }
}
