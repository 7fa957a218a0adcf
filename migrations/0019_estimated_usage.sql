-- How many answers of a model nobody counted: their stream was stopped or broke, or their server
-- tells no numbers. Their tokens and their cost are a guess, and a budget sees them all the same.
-- An older build leaves the column as it is.
alter table model_usage add column estimated integer not null default 0;
