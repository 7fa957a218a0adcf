//! What an owner sees of the deployment and may stop, and what a person's turns took.

use protocol::status::{
    Numbers, Refusals, RouteNumbers, Spending, Status, Switches, Taken, TurnNumbers,
};
use protocol::usage::{Usage, UsageOfDay};
use serde_json::Value;

use super::Api;
use super::failure::Failure;
use super::http::Call;
use crate::wire::{Read, read_struct};

read_struct! {
    Numbers { count, refused, p50, p95, p99 }
    Refusals { code, route, count }
    RouteNumbers { route, numbers }
    Spending { today, budget, resets_at, models, people }
    Status { since, requests, routes, refusals, turns, spending, switches, fixed }
    Switches { models_off, read_only }
    Taken { name, asked, input_tokens, output_tokens, cost }
    TurnNumbers { model, numbers, first_word }
    Usage { days, spent_today, budget, resets_at }
    UsageOfDay { day, model, asked, estimated, input_tokens, output_tokens, cost }
}

impl Read for u64 {
    fn read(value: Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Api {
    /// `GET /api/status`
    pub async fn status(&self) -> Result<Status, Failure> {
        self.get("/api/status").await
    }

    /// `PUT /api/status/switches`
    pub async fn set_switches(&self, switches: Switches) -> Result<Switches, Failure> {
        self.json(Call::new("PUT", "/api/status/switches").json(&switches))
            .await
    }

    /// `GET /api/account/usage`
    pub async fn usage(&self) -> Result<Usage, Failure> {
        self.get("/api/account/usage").await
    }
}
