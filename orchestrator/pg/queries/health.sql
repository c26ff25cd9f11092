-- name: schemas
-- One row per schema, as postgres-mcp lists them.
SELECT n.nspname AS schema_name, pg_catalog.pg_get_userbyid(n.nspowner) AS schema_owner,
       CASE WHEN n.nspname LIKE 'pg\_%%' THEN 'System Schema' WHEN n.nspname = 'information_schema' THEN 'System Information Schema'
            ELSE 'User Schema' END AS schema_type
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_(toast|temp)'
ORDER BY schema_type DESC, schema_name;

-- name: relations
-- One row per relation of a schema whose kind is among the given ones.
SELECT n.nspname AS schema, c.relname AS name,
       CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE'
                      ELSE 'BASE TABLE' END AS type
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relkind = ANY (%(kinds)s::"char"[])
ORDER BY c.relname;

-- name: extensions
-- One row per extension of the database.
SELECT e.extname AS name, e.extversion AS version, n.nspname AS schema, e.extrelocatable AS relocatable,
       pg_catalog.obj_description(e.oid, 'pg_extension') AS comment
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1;

-- name: sequence
-- One row: a sequence.
SELECT n.nspname AS schema, c.relname AS name, pg_catalog.format_type(s.seqtypid, NULL) AS data_type, s.seqstart AS start_value,
       s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum, s.seqcycle AS cycles
FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relname = %(object)s;

-- name: view
-- One row: the definition of a view.
SELECT pg_catalog.pg_get_viewdef(c.oid) AS definition
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relname = %(object)s AND c.relkind IN ('v', 'm');

-- name: user_tables
-- One row per ordinary table of the user, by oid.
SELECT c.oid::pg_catalog.int8 AS oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)';

-- name: connections
-- One row: sessions now, those that hold a transaction open and wait, and the limit.
SELECT count(*) FILTER (WHERE backend_type = 'client backend') AS sessions,
       count(*) FILTER (WHERE state LIKE 'idle in transaction%%' AND state_change < now() - interval '1 minute') AS idle_in_transaction,
       count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting_for_locks,
       current_setting('max_connections')::int AS max_connections
FROM pg_catalog.pg_stat_activity;

-- name: vacuum
-- One row: the age of the oldest transaction id of this database, and the age at which autovacuum forces itself.
SELECT pg_catalog.age(d.datfrozenxid) AS age, current_setting('autovacuum_freeze_max_age')::int AS freeze_max_age
FROM pg_catalog.pg_database d WHERE d.datname = current_database();

-- name: dead_rows
-- One row per table in which more than a fifth of the rows are dead, largest first.
SELECT s.relid::regclass::text AS table, s.n_dead_tup AS dead_rows, s.n_live_tup AS live_rows, s.last_autovacuum::text AS last_autovacuum
FROM pg_catalog.pg_stat_user_tables s
WHERE s.n_dead_tup > 10000 AND s.n_dead_tup > 0.2 * s.n_live_tup ORDER BY s.n_dead_tup DESC LIMIT 20;

-- name: never_analyzed
-- One row per table with rows for which the planner has no statistics.
SELECT s.relid::regclass::text AS table, s.n_live_tup AS live_rows
FROM pg_catalog.pg_stat_user_tables s JOIN pg_catalog.pg_class c ON c.oid = s.relid
WHERE c.reltuples < 0 AND s.n_live_tup > 0 ORDER BY 2 DESC LIMIT 20;

-- name: replication
-- One row: what this server is, how far it is behind, and what holds its files back.
SELECT pg_catalog.pg_is_in_recovery() AS is_replica,
       (SELECT count(*) FROM pg_catalog.pg_stat_replication) AS replicas,
       (SELECT count(*) FROM pg_catalog.pg_replication_slots WHERE NOT active) AS inactive_slots,
       CASE WHEN pg_catalog.pg_is_in_recovery()
            THEN extract(epoch FROM now() - pg_catalog.pg_last_xact_replay_timestamp())::float8 END AS behind_s;

-- name: buffer
-- One row: the share of pages found in shared buffers since the statistics began, for tables and indexes; null before any read.
SELECT round(sum(heap_blks_hit) / nullif(sum(heap_blks_hit + heap_blks_read), 0), 4)::float8 AS table_hits,
       round(sum(idx_blks_hit) / nullif(sum(idx_blks_hit + idx_blks_read), 0), 4)::float8 AS index_hits
FROM pg_catalog.pg_statio_user_tables;

-- name: constraint
-- One row per constraint that does not hold for the rows that were there before it.
SELECT conrelid::regclass::text AS table, conname AS name, pg_catalog.pg_get_constraintdef(oid) AS definition
FROM pg_catalog.pg_constraint WHERE NOT convalidated ORDER BY 1, 2;

-- name: statements_where
-- One row if pg_stat_statements is there: its schema.
SELECT pg_catalog.quote_ident(n.nspname) AS schema FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'pg_stat_statements';

-- name: has_hypopg
-- One row: whether hypothetical indexes can be made.
SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'hypopg') AS is_there;
