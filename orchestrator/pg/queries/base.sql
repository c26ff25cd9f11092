-- name: version_table
-- One row: whether the search path shows Alembic's table of versions under its usual name, to a role that may read it.
SELECT coalesce(pg_catalog.has_table_privilege(pg_catalog.to_regclass('alembic_version'), 'SELECT'), false) AS is_readable;

-- name: version
-- One row per revision that the version table names.
SELECT version_num FROM alembic_version ORDER BY 1;

-- name: tables
-- One row per ordinary table of the user, with its name as SQL needs it and as the catalog has it.
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS qualified, c.relname AS name
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname !~ '^pg_'
ORDER BY 1;

-- name: foreign_keys
-- One row per foreign key of the named tables that points at an ordinary table, as names that SQL needs and its definition.
SELECT k.conrelid::regclass::text AS table, pg_catalog.quote_ident(k.conname) AS name,
       pg_catalog.pg_get_constraintdef(k.oid) AS definition,
       pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.relname) AS target,
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS qualified
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class t ON t.oid = k.confrelid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
WHERE k.contype = 'f' AND k.conparentid = 0 AND t.relkind = 'r'
  AND pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) = ANY (%(tables)s::text[])
ORDER BY 1, 2;
