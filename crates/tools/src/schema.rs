//! JSON Schemas in the dialect that every client understands.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The words of [`protocol::task::Priority`].
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(
    dead_code,
    reason = "stands for a type of a crate that knows no schemas"
)]
pub(crate) enum PrioritySchema {
    None,
    Low,
    Medium,
    High,
}

/// The schema of a type, without references, formats and the word "null": several clients
/// refuse each of them, and what may be absent is simply not required.
pub(crate) fn of<T: JsonSchema>() -> Map<String, Value> {
    let generator = SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.inline_subschemas = true;
            settings.meta_schema = None;
        })
        .into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    simplify(&mut schema, true);
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// The keys of `properties` are names of ours and no keywords.
fn simplify(schema: &mut Value, is_schema: bool) {
    match schema {
        Value::Object(members) => {
            if is_schema {
                for keyword in ["title", "format", "default", "minimum", "maximum"] {
                    members.remove(keyword);
                }
                without_null(members);
            }
            for (name, member) in members.iter_mut() {
                simplify(member, name != "properties");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|member| simplify(member, true)),
        _ => {}
    }
}

fn without_null(members: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = members.get("type") {
        let named: Vec<&Value> = types.iter().filter(|name| **name != "null").collect();
        if let [only] = named.as_slice() {
            let only = (*only).clone();
            members.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = members.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    let Some(Value::Array(options)) = members.get("anyOf") else {
        return;
    };
    let null = json!({"type": "null"});
    let named: Vec<&Value> = options.iter().filter(|option| **option != null).collect();
    if let [Value::Object(only)] = named.as_slice() {
        let only = only.clone();
        members.remove("anyOf");
        for (name, value) in only {
            members.entry(name).or_insert(value);
        }
    }
}

/// Lets a client that cannot be asked say that it has asked the person itself.
pub(crate) fn allow_confirmation(schema: &mut Map<String, Value>) {
    let confirm = json!({
        "type": "string",
        "description": "What an earlier call answered as `confirm`, once the person has agreed.",
    });
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    if let Value::Object(properties) = properties {
        properties.insert("confirm".to_owned(), confirm);
    }
}
