//! The list.

mod op;
mod rows;
mod store;
#[cfg(test)]
mod tests;
