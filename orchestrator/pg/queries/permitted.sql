-- name: volatile_functions
-- One row per function that a call may mean and that is not declared STABLE or IMMUTABLE. schemas holds '' where the call names none: then the
-- functions that the search path shows are meant.
SELECT DISTINCT n.nspname AS schema, p.proname AS name
FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS called (schema, name)
JOIN pg_catalog.pg_proc p ON p.proname = called.name AND p.provolatile = 'v' AND p.prokind <> 'a'
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = called.schema OR (called.schema = '' AND pg_catalog.pg_function_is_visible(p.oid))
ORDER BY 1, 2;

-- name: volatile_operators
-- One row per function behind an operator of one of these names that is not declared STABLE or IMMUTABLE.
SELECT DISTINCT n.nspname AS schema, p.proname AS name
FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode AND p.provolatile = 'v'
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE o.oprname = ANY (%(names)s::text[])
ORDER BY 1, 2;

-- name: begin
-- A transaction that writes nothing; with a first snapshot taken it cannot be turned into one that does.
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: snapshot
-- One row, and literals are read by the rules of the standard, as they were judged.
SELECT pg_catalog.set_config('standard_conforming_strings', 'on', true) AS strings;
