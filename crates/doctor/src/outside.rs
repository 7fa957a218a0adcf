//! What answers at the addresses that the environment names.

use authcheck::Site;
use server::Config;

use crate::Finding;

/// Whether the model's server takes the key and knows the model.
pub(crate) async fn model(config: &Config) -> Vec<Finding> {
    let Some(endpoint) = &config.model else {
        return vec![Finding::remark(
            "The built-in assistant answers.",
            "For a model, set OPENAI_API_KEY and OPENAI_MODEL.",
        )];
    };
    let Ok(site) = Site::new(&endpoint.base_url) else {
        return vec![Finding::fault(
            "OPENAI_BASE_URL is no address.",
            "Such as https://api.openai.com/v1.",
        )];
    };
    let list = site.get("/models").bearer_auth(&endpoint.api_key);
    let answer = match site.once(list).await {
        Ok(answer) => answer,
        Err(_) => {
            return vec![Finding::fault(
                "Nothing answers at OPENAI_BASE_URL.",
                "Can this machine reach it? It ends with /v1 on most servers.",
            )];
        }
    };
    vec![match answer.status {
        401 | 403 => Finding::fault(
            "The model's server refuses OPENAI_API_KEY.",
            "Make a new key, and see that it may use the model.",
        ),
        200 => listed(&answer.json().unwrap_or_default(), &endpoint.model),
        // Not every server has this list.
        status => Finding::remark(
            format!("The model's server answers, and its list of models with status {status}."),
            "Try `cargo xtask smoke URL` after deploying.",
        ),
    }]
}

fn listed(answer: &serde_json::Value, model: &str) -> Finding {
    let models = answer["data"].as_array();
    let is_there = models.is_none_or(|models| models.iter().any(|known| known["id"] == model));
    if is_there {
        Finding::well("The model's server takes the key and has the model.")
    } else {
        Finding::remark(
            "The model's server does not list OPENAI_MODEL.",
            "Compare the name with the list of that server.",
        )
    }
}

/// Whether a deployment answers already, and is one of ours.
pub(crate) async fn origin(config: &Config) -> Vec<Finding> {
    let Ok(site) = Site::new(config.origin()) else {
        return Vec::new();
    };
    let Ok(health) = site.once(site.get("/api/health")).await else {
        return vec![Finding::remark(
            "Nothing answers at BETTER_AUTH_URL yet.",
            "Start or deploy it, then: cargo xtask smoke URL",
        )];
    };
    let is_ours = health.json().is_some_and(|body| body["status"] == "ok");
    vec![if health.status == 200 && is_ours {
        Finding::well("Latchwork answers at BETTER_AUTH_URL.")
    } else {
        Finding::fault(
            format!(
                "What answers at BETTER_AUTH_URL is not Latchwork (status {}).",
                health.status
            ),
            "Is it the address of this deployment, and not behind a log-in of the platform's?",
        )
    }]
}
