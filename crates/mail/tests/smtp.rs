//! A letter as it goes over the wire to a mail server.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use mail::{Error, Letter, Sender, Smtp};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

fn letter(to: &str) -> Letter {
    Letter {
        kind: "verify-email",
        to: to.to_owned(),
        subject: "Is this your address?".to_owned(),
        text: "Open it:\n\nhttps://tasks.example.com/x\n".to_owned(),
        link: "https://tasks.example.com/x".to_owned(),
    }
}

/// Speaks as much of RFC 5321 as one letter needs; gives what was said to it.
async fn conversation(listener: TcpListener, to_recipient: &str) -> Vec<String> {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut said = Vec::new();
    write.write_all(b"220 mail.test ESMTP\r\n").await.unwrap();
    let mut in_letter = false;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "." => "250 kept",
            _ if in_letter => "",
            "EHLO" => "250 mail.test",
            "RCPT" => to_recipient,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        in_letter = (in_letter || line == "DATA") && line != ".";
        let ends = line == "QUIT";
        said.push(line);
        if !answer.is_empty() {
            let answer = format!("{answer}\r\n");
            write.write_all(answer.as_bytes()).await.unwrap();
        }
        if ends {
            break;
        }
    }
    said
}

async fn server() -> (TcpListener, Sender) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let smtp = Smtp::new(&url, "Latchwork <no-reply@example.com>").unwrap();
    (listener, Sender::Smtp(smtp))
}

#[tokio::test]
async fn a_letter_reaches_the_server_as_it_was_written() {
    let (listener, sender) = server().await;
    let letter = letter("ann@example.com");

    let (sent, said) = tokio::join!(sender.send(&letter), conversation(listener, "250 ok"));

    sent.unwrap();
    let said = said.join("\n");
    assert!(said.contains("MAIL FROM:<no-reply@example.com>"), "{said}");
    assert!(said.contains("RCPT TO:<ann@example.com>"), "{said}");
    assert!(said.contains("Subject: Is this your address?"), "{said}");
    assert!(said.contains("\nhttps://tasks.example.com/x\n"), "{said}");
}

#[tokio::test]
async fn a_refusal_names_no_address() {
    let (listener, sender) = server().await;
    let letter = letter("ann@example.com");

    let refuse = "550 no ann@example.com here";
    let (sent, _) = tokio::join!(sender.send(&letter), conversation(listener, refuse));

    let told = sent.unwrap_err().to_string();
    assert!(told.contains("550"), "{told}");
    assert!(!told.contains("ann"), "{told}");
}

#[test]
fn what_cannot_be_written_to_is_told_at_the_start() {
    let bad = |url: &str, from: &str| Smtp::new(url, from).err();

    assert!(matches!(
        bad("smtp://localhost", "nobody"),
        Some(Error::Address)
    ));
    assert!(matches!(
        bad("ftp://localhost", "a@b.co"),
        Some(Error::Smtp(_))
    ));
}
