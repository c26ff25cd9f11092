-- name: role
-- One row: the role of this session, its attributes, and the extension pg_stat_statements, NULL where there is none.
SELECT r.rolname AS role, r.rolsuper AS is_superuser, r.rolcreaterole AS may_create_roles,
       r.rolcreatedb AS may_create_databases, r.rolreplication AS may_replicate, r.rolbypassrls AS bypasses_row_security,
       (SELECT e.extversion FROM pg_catalog.pg_extension e WHERE e.extname = 'pg_stat_statements') AS statements_version
FROM pg_catalog.pg_roles r
WHERE r.rolname = current_user;

-- name: create_vector
-- No row. Only for a disposable server.
CREATE EXTENSION vector;

-- name: vector
-- One row: the version of pgvector.
SELECT e.extversion FROM pg_catalog.pg_extension e WHERE e.extname = 'vector';
