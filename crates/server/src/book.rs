//! The description of the routes (OpenAPI 3.1.1), written by the files that have them.
//!
//! Bodies are described by the types that they are read into and written from, so neither can
//! change without the other.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// A description that is being written.
pub(crate) struct Book {
    /// Of what is read: what has a default may be left out.
    asked: SchemaGenerator,
    /// Of what is written: it has its defaults.
    answered: SchemaGenerator,
    paths: Map<String, Value>,
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.meta_schema = None;
        settings.definitions_path = "/components/schemas".into();
    })
}

impl Book {
    pub(crate) fn new() -> Self {
        Self {
            asked: settings().for_deserialize().into_generator(),
            answered: settings().for_serialize().into_generator(),
            paths: Map::new(),
        }
    }

    /// A route and a method of it: `GET /api/tasks`. By default it is for who is signed in.
    pub(crate) fn route(&mut self, route: &'static str, summary: &str) -> Operation<'_> {
        let (method, path) = route.split_once(' ').unwrap_or_default();
        let method = method.to_ascii_lowercase();
        let tag = path.split('/').find(|part| {
            let is_name = !part.is_empty() && !part.starts_with('{');
            is_name && *part != "api"
        });
        let parameters: Vec<Value> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .map(|name| in_path(path, name))
            .collect();
        let words = path.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        Operation {
            members: Map::from_iter([
                (
                    "operationId".to_owned(),
                    json!(format!("{method}_{}", words.join("_"))),
                ),
                ("summary".to_owned(), json!(summary)),
                ("tags".to_owned(), json!([tag])),
                ("responses".to_owned(), json!({"default": problem()})),
            ]),
            book: self,
            parameters,
            method,
            path,
        }
    }

    /// The whole document.
    pub(crate) fn finished(mut self, origin: &str) -> Value {
        let mut schemas = self.asked.take_definitions(true);
        for (name, schema) in self.answered.take_definitions(true) {
            // Otherwise it would need another name for one of its two forms.
            debug_assert!(
                schemas.get(&name).is_none_or(|known| *known == schema),
                "{name} is read in another form than it is written in"
            );
            schemas.insert(name, schema);
        }
        schemas.extend(problem_schema());
        json!({
            "openapi": "3.1.1",
            "info": {
                "title": "Latchwork",
                "version": env!("CARGO_PKG_VERSION"),
                "description": "A task list that one signed-in person keeps by chat. Tokens for \
                    every route but `/api/auth` come from `GET /api/auth/token`.",
                "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
            },
            "servers": [{"url": origin}],
            "security": [{"bearer": []}],
            "paths": self.paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                    "session": {
                        "type": "apiKey",
                        "in": "cookie",
                        "name": "better-auth.session_token",
                        "description": "Over HTTPS the name begins with `__Secure-`.",
                    },
                    "clock": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "`CRON_SECRET` of the deployment.",
                    },
                    "program": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "A token of OAuth for `/api/mcp`, or a personal one.",
                    },
                },
            },
        })
    }
}

/// A route's method that is being described.
pub(crate) struct Operation<'a> {
    book: &'a mut Book,
    method: String,
    path: &'static str,
    parameters: Vec<Value>,
    members: Map<String, Value>,
}

impl Operation<'_> {
    /// For everybody.
    pub(crate) fn open(self) -> Self {
        self.member("security", json!([]))
    }

    /// For who has this instead of a token of the page.
    pub(crate) fn by(self, scheme: &str) -> Self {
        self.member("security", json!([{scheme: []}]))
    }

    fn member(mut self, name: &str, value: Value) -> Self {
        self.members.insert(name.to_owned(), value);
        self
    }

    /// The parameters behind the `?`, as one type.
    pub(crate) fn query<T: JsonSchema>(mut self) -> Self {
        let inline = settings().with(|settings| settings.inline_subschemas = true);
        let schema = inline.for_deserialize().into_generator();
        let schema = schema.into_root_schema_for::<T>().to_value();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let parameter = json!({
                "name": name,
                "in": "query",
                "required": required.contains(&json!(name)),
                "schema": without_null(member.clone()),
            });
            self.parameters.push(parameter);
        }
        self
    }

    /// What a write may say about itself: where the person's day begins, and what names a repeat.
    pub(crate) fn writes(self) -> Self {
        self.zoned().header(
            "Idempotency-Key",
            "A repeat with the same key and body changes nothing and gets the first answer.",
            &json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$"}),
        )
    }

    pub(crate) fn zoned(self) -> Self {
        self.header(
            "X-Time-Zone",
            "The person's time zone (IANA), in which words such as “tomorrow” are read. UTC where \
             there is none of that name.",
            &json!({"type": "string", "examples": ["Europe/Berlin"]}),
        )
    }

    pub(crate) fn header(mut self, name: &str, description: &str, schema: &Value) -> Self {
        let header = json!({
            "name": name,
            "in": "header",
            "required": false,
            "description": description,
            "schema": schema,
        });
        self.parameters.push(header);
        self
    }

    pub(crate) fn body<T: JsonSchema>(self) -> Self {
        let schema = self.book.asked.subschema_for::<T>().to_value();
        self.body_as("application/json", &schema)
    }

    pub(crate) fn body_as(self, kind: &str, schema: &Value) -> Self {
        let body = json!({"required": true, "content": {kind: {"schema": schema}}});
        self.member("requestBody", body)
    }

    pub(crate) fn answers<T: JsonSchema>(self, status: u16) -> Self {
        let schema = self.book.answered.subschema_for::<T>().to_value();
        self.answers_as(status, &[("application/json", schema)])
    }

    pub(crate) fn answers_as(mut self, status: u16, kinds: &[(&str, Value)]) -> Self {
        let content: Map<String, Value> = kinds
            .iter()
            .map(|(kind, schema)| ((*kind).to_owned(), json!({"schema": schema})))
            .collect();
        let mut response = json!({"description": said(status)});
        if !content.is_empty() {
            response["content"] = Value::Object(content);
        }
        self.members["responses"][status.to_string()] = response;
        self
    }

    /// Bytes that are no JSON, of one of these kinds.
    pub(crate) fn gives(self, kinds: &[&str]) -> Self {
        let kinds: Vec<(&str, Value)> = kinds.iter().map(|kind| (*kind, json!({}))).collect();
        self.answers_as(200, &kinds)
    }

    /// Failures in OAuth's own form (RFC 6749, section 5.2).
    pub(crate) fn fails_as(mut self, kind: &str, schema: &Value) -> Self {
        self.members["responses"]["default"]["content"][kind] = json!({"schema": schema});
        self
    }

    pub(crate) fn done(self) {
        let mut members = self.members;
        if !self.parameters.is_empty() {
            members.insert("parameters".to_owned(), Value::Array(self.parameters));
        }
        let path = self
            .book
            .paths
            .entry(self.path)
            .or_insert_with(|| json!({}));
        path[self.method] = Value::Object(members);
    }
}

fn said(status: u16) -> &'static str {
    match status {
        201 => "It was made.",
        204 => "It was done; there is nothing to say.",
        302 | 303 => "It goes on elsewhere.",
        _ => "The answer.",
    }
}

fn in_path(path: &str, name: &str) -> Value {
    let schema = if name == "id" && path.contains("/tasks/") {
        json!({"type": "integer", "format": "int32", "minimum": i32::MIN, "maximum": i32::MAX})
    } else {
        json!({"type": "string", "minLength": 1})
    };
    json!({"name": name, "in": "path", "required": true, "schema": schema})
}

/// Behind the `?`, what is absent is left out.
fn without_null(mut schema: Value) -> Value {
    if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
        types.retain(|name| name != "null");
    }
    for name in ["enum", "anyOf"] {
        if let Some(options) = schema.get_mut(name).and_then(Value::as_array_mut) {
            let null = json!({"type": "null"});
            options.retain(|option| !option.is_null() && *option != null);
        }
    }
    if schema.get("default").is_some_and(Value::is_null)
        && let Some(members) = schema.as_object_mut()
    {
        members.remove("default");
    }
    schema
}

fn problem() -> Value {
    let schema = json!({"$ref": "#/components/schemas/Problem"});
    json!({
        "description": "A failure (RFC 9457). Clients branch on `code`, which never changes.",
        "content": {"application/problem+json": {"schema": schema}},
    })
}

fn problem_schema() -> Map<String, Value> {
    let text = json!({"type": "string"});
    Map::from_iter([(
        "Problem".to_owned(),
        json!({
            "type": "object",
            "required": ["title", "status", "code", "message", "request_id"],
            "properties": {
                "title": text,
                "status": {"type": "integer"},
                "code": {"type": "string", "examples": ["task.not_found"]},
                "message": {"type": "string", "description": "A sentence for a person."},
                "request_id": {"type": "string", "description": "Names the request in the logs."},
            },
        }),
    )])
}
