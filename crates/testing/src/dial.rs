//! The bare way to a database server, for tests that stand in it.

use std::io;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

const PORT: u16 = 5432;

/// Bytes to and from the server.
pub trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// Opens the way, by the network or by a socket.
///
/// # Errors
/// If nobody listens there.
pub async fn dial(server: &Config) -> io::Result<Box<dyn Wire>> {
    let port = server.get_ports().first().copied().unwrap_or(PORT);
    match server.get_hosts().first() {
        Some(Host::Tcp(host)) => Ok(Box::new(TcpStream::connect((host.as_str(), port)).await?)),
        Some(Host::Unix(folder)) => {
            let socket = folder.join(format!(".s.PGSQL.{port}"));
            Ok(Box::new(UnixStream::connect(socket).await?))
        }
        None => Err(io::Error::other("the address names no host")),
    }
}
