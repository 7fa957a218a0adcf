//! All functions as one AWS Lambda, behind a Function URL or an API Gateway, with streamed
//! responses. It needs the same variables as on Vercel; see `BETTER_AUTH_URL`, which no platform
//! fills in here.

fn main() -> Result<(), lambda_http::Error> {
    let service = server::from_process(server::routes::all());
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(lambda_http::run_with_streaming_response(service))
}
