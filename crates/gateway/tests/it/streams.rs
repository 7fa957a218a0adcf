//! Bodies pass frame by frame, and their end is noticed on both sides.

use std::net::SocketAddr;

use bytes::Bytes;
use futures_util::stream::unfold;
use gateway::Level;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use hyper::{Method, Request};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::site::{Body, Site, request};

/// A request whose body is what is sent into the channel.
pub(crate) fn open_request(path: &str) -> (mpsc::Sender<&'static str>, Request<Body>) {
    let (sender, receiver) = mpsc::channel::<&'static str>(1);
    let frames = unfold(receiver, async |mut receiver| {
        let text = receiver.recv().await?;
        let frame = Frame::data(Bytes::from_static(text.as_bytes()));
        Some((Ok::<_, std::io::Error>(frame), receiver))
    });
    let body = StreamBody::new(Box::pin(frames)).boxed();
    let request = request(Method::POST, path, "");
    (sender, Request::from_parts(request.into_parts().0, body))
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

#[tokio::test]
async fn each_frame_passes_before_the_next_is_made() {
    let site = Site::new();
    let (sender, request) = open_request("/api/chat?do=mirror");

    let mut answer = site.send(request).await;
    for text in ["one", "two", "three"] {
        sender.send(text).await.unwrap();
        let frame = answer.frame().await.unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), text);
    }
    drop(sender);

    assert!(answer.frame().await.is_none());
}

#[tokio::test]
async fn a_client_that_leaves_is_noticed_by_the_function() {
    let site = Site::new();
    let (listener, address) = listener().await;
    let path = format!("/api/chat?do=endless&tell={address}");

    let mut answer = site.send(request(Method::GET, &path, "")).await;
    answer.frame().await.unwrap().unwrap();
    drop(answer);

    listener.accept().await.unwrap();
}

#[tokio::test]
async fn a_stream_past_its_end_is_cut_and_named() {
    let site = Site::new();

    let mut answer = site
        .send(request(Method::GET, "/api/chat?do=late", ""))
        .await;
    let first = answer.frame().await.unwrap().unwrap();
    let second = answer.frame().await.unwrap();

    assert_eq!(first.into_data().unwrap(), "half\n");
    assert!(second.is_err());
    let said = site.logged(|line| line.level == Level::Gateway);
    assert!(said.text.contains("wait_until"), "{}", said.text);
}

#[tokio::test]
async fn a_cold_process_lives_until_its_background_work_is_done() {
    let site = Site::cold();
    let (listener, address) = listener().await;
    let path = format!("/api/chat?do=background&tell={address}");

    let (_, answer) = site.get(&path).await;
    let (held, _) = listener.accept().await.unwrap();
    let during = site.gateway.pids();
    drop(held);

    assert_eq!(answer, "\"answered\"");
    assert_eq!(during.len(), 1);
    site.logged(|line| line.text == "the background work is done");
}

#[tokio::test]
async fn a_large_answer_is_whole_in_a_cold_process() {
    let site = Site::cold();

    let (_, answer) = site.get("/api/chat?do=large").await;

    assert_eq!(answer.len(), 8_000_000);
}
