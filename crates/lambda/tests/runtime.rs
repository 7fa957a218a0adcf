//! The real binary against a stand-in of the Lambda Runtime API (AWS Lambda developer guide,
//! "Using the Lambda runtime API" and "Response streaming").

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::convert::Infallible;
use std::process::{Child, Command};
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use testing::{Database, Person};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};

const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

/// What the function has answered: the head, then the pieces of the body as they came.
struct Answered {
    head: Value,
    pieces: Vec<String>,
}

struct Lambda {
    process: Child,
    events: mpsc::Sender<Value>,
    answers: mpsc::Receiver<Answered>,
}

impl Drop for Lambda {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Lambda {
    async fn start(environment: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (events, waiting) = mpsc::channel(1);
        let (answered, answers) = mpsc::channel(1);
        tokio::spawn(stand_in(listener, waiting, answered));
        let process = Command::new(env!("CARGO_BIN_EXE_lambda"))
            .env_clear()
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "latchwork")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "log")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "log")
            .envs(environment.iter().copied())
            .spawn()
            .unwrap();
        Self {
            process,
            events,
            answers,
        }
    }

    async fn invoke(&mut self, event: Value) -> Answered {
        self.events.send(event).await.unwrap();
        self.answers.recv().await.unwrap()
    }
}

async fn stand_in(
    listener: TcpListener,
    waiting: mpsc::Receiver<Value>,
    answered: mpsc::Sender<Answered>,
) {
    let waiting = Arc::new(Mutex::new(waiting));
    while let Ok((stream, _)) = listener.accept().await {
        let (waiting, answered) = (waiting.clone(), answered.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let (waiting, answered) = (waiting.clone(), answered.clone());
                async move { Ok::<_, Infallible>(respond(request, &waiting, &answered).await) }
            });
            hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await
        });
    }
}

async fn respond(
    request: Request<Incoming>,
    waiting: &Mutex<mpsc::Receiver<Value>>,
    answered: &mpsc::Sender<Answered>,
) -> Response<Full<Bytes>> {
    if request.uri().path().ends_with("/invocation/next") {
        let event = waiting.lock().await.recv().await.unwrap_or_default();
        return Response::builder()
            .header("lambda-runtime-aws-request-id", "request-1")
            .header("lambda-runtime-deadline-ms", "9999999999999")
            .header("lambda-runtime-invoked-function-arn", "arn")
            .body(Full::from(event.to_string()))
            .unwrap();
    }
    assert!(
        request
            .uri()
            .path()
            .ends_with("/invocation/request-1/response")
    );
    assert_eq!(
        request.headers()["lambda-runtime-function-response-mode"],
        "streaming"
    );
    answered
        .send(read(request.into_body()).await)
        .await
        .unwrap();
    Response::new(Full::default())
}

/// A JSON head, eight NULs, the body.
async fn read(mut body: Incoming) -> Answered {
    let mut head = Vec::new();
    let mut pieces = Vec::new();
    let mut past_head = false;
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if past_head {
            pieces.push(String::from_utf8(data.to_vec()).unwrap());
            continue;
        }
        head.extend_from_slice(&data);
        if let Some(end) = head.windows(8).position(|bytes| bytes == [0; 8]) {
            let rest = head.split_off(end + 8);
            head.truncate(end);
            past_head = true;
            if !rest.is_empty() {
                pieces.push(String::from_utf8(rest).unwrap());
            }
        }
    }
    Answered {
        head: serde_json::from_slice(&head).unwrap(),
        pieces,
    }
}

/// A request as a Function URL hands it on (payload format 2.0).
fn event(method: &str, path: &str, headers: &Value, body: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "1", "apiId": "1", "domainName": "tasks.example.com",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": "test"},
            "requestId": "1", "routeKey": "$default", "stage": "$default",
            "time": "23/Nov/2026:12:00:00 +0000", "timeEpoch": 1_795_435_200_000_i64,
        },
        "body": body,
        "isBase64Encoded": false,
    })
}

#[tokio::test]
async fn a_function_that_is_not_set_up_says_so() {
    let mut lambda = Lambda::start(&[]).await;

    let answer = lambda
        .invoke(event("GET", "/api/health", &json!({}), ""))
        .await;

    assert_eq!(answer.head["statusCode"], 503);
    assert!(answer.pieces.concat().contains("DATABASE_URL"));
}

#[tokio::test]
async fn a_person_signs_up_and_chats_through_it() {
    let database = Database::new().await;
    Person::sign_up(&database.db, "somebody").await;
    let origin = "https://tasks.example.com";
    let mut lambda = Lambda::start(&[
        ("DATABASE_URL", &database.url),
        ("BETTER_AUTH_SECRET", SECRET),
        ("BETTER_AUTH_URL", origin),
    ])
    .await;
    let page = |cookie: &str| json!({"origin": origin, "content-type": "application/json", "cookie": cookie});

    let ann = r#"{"name": "Ann", "email": "ann@example.com", "password": "correct horse"}"#;
    let signed_up = lambda
        .invoke(event("POST", "/api/auth/sign-up/email", &page(""), ann))
        .await;
    assert_eq!(signed_up.head["statusCode"], 200);
    let cookie = signed_up.head["cookies"][0].as_str().unwrap().to_owned();
    let (cookie, _) = cookie.split_once(';').unwrap();
    let token = lambda
        .invoke(event("GET", "/api/auth/token", &page(cookie), ""))
        .await;
    let token: Value = serde_json::from_str(&token.pieces.concat()).unwrap();

    let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
    let headers = json!({"authorization": bearer, "content-type": "application/json"});
    let say = json!({
        "type": "threads.create",
        "params": {"input": {"content": [{"type": "input_text", "text": "Add a task to buy milk"}]}},
    });
    let said = lambda
        .invoke(event("POST", "/api/chatkit", &headers, &say.to_string()))
        .await;

    assert_eq!(said.head["statusCode"], 200);
    let kind = said.head["headers"]["content-type"].as_str().unwrap();
    assert!(kind.starts_with("text/event-stream"), "{kind}");
    assert!(said.pieces.len() > 1, "it was not streamed");
    assert!(said.pieces.concat().contains("client_effect"));
}
