-- name: install
-- Event triggers that report what a statement did as notices, which survive a rollback where table rows would not.
CREATE SCHEMA IF NOT EXISTS _proof;
CREATE OR REPLACE FUNCTION _proof.rewrite() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE '@@proof %', pg_catalog.jsonb_build_object('event', 'rewrite',
    'oid', pg_catalog.pg_event_trigger_table_rewrite_oid()::pg_catalog.int8,
    'reason', pg_catalog.pg_event_trigger_table_rewrite_reason());
END $$;
CREATE OR REPLACE FUNCTION _proof.ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE command record;
BEGIN
  FOR command IN SELECT * FROM pg_catalog.pg_event_trigger_ddl_commands() LOOP
    CONTINUE WHEN command.in_extension;
    RAISE NOTICE '@@proof %', pg_catalog.jsonb_build_object('event', 'ddl', 'tag', command.command_tag,
      'object', command.object_identity);
  END LOOP;
END $$;
CREATE OR REPLACE FUNCTION _proof.dropped() RETURNS event_trigger LANGUAGE plpgsql AS $$
DECLARE item record;
BEGIN
  FOR item IN SELECT * FROM pg_catalog.pg_event_trigger_dropped_objects() LOOP
    CONTINUE WHEN NOT item.original;
    RAISE NOTICE '@@proof %', pg_catalog.jsonb_build_object('event', 'drop', 'type', item.object_type,
      'object', item.object_identity);
  END LOOP;
END $$;
DROP EVENT TRIGGER IF EXISTS _proof_rewrite;
DROP EVENT TRIGGER IF EXISTS _proof_ddl;
DROP EVENT TRIGGER IF EXISTS _proof_dropped;
CREATE EVENT TRIGGER _proof_rewrite ON table_rewrite EXECUTE FUNCTION _proof.rewrite();
CREATE EVENT TRIGGER _proof_ddl ON ddl_command_end EXECUTE FUNCTION _proof.ddl();
CREATE EVENT TRIGGER _proof_dropped ON sql_drop EXECUTE FUNCTION _proof.dropped();

-- name: uninstall
-- Takes the event triggers away again.
DROP EVENT TRIGGER IF EXISTS _proof_rewrite;
DROP EVENT TRIGGER IF EXISTS _proof_ddl;
DROP EVENT TRIGGER IF EXISTS _proof_dropped;
DROP SCHEMA IF EXISTS _proof CASCADE;

-- name: statement_snapshot
-- One row: what this session sees and holds right now. relations by oid: schema, name, kind, file node. locks: pairs of
-- oid and mode. scans by table oid: sequential scans of this transaction. indexes by oid: table, validity.
SELECT
  (SELECT coalesce(pg_catalog.jsonb_object_agg(c.oid::text, pg_catalog.jsonb_build_array(
            n.nspname, c.relname, c.relkind, c.relfilenode::pg_catalog.int8)), '{}')
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND n.nspname !~ '^(pg_toast|pg_temp|_proof)' AND c.relkind IN ('r', 'p', 'i', 'I', 'm', 'v')
  ) AS relations,
  (SELECT coalesce(pg_catalog.jsonb_agg(DISTINCT pg_catalog.jsonb_build_array(l.relation::pg_catalog.int8, l.mode)), '[]')
     FROM pg_catalog.pg_locks l
    WHERE l.locktype = 'relation' AND l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.relation >= 16384
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  ) AS locks,
  (SELECT coalesce(pg_catalog.jsonb_object_agg(relid::text, seq_scan), '{}') FROM pg_catalog.pg_stat_xact_user_tables
  ) AS scans,
  (SELECT coalesce(pg_catalog.jsonb_object_agg(indexrelid::text, pg_catalog.jsonb_build_array(
            indrelid::pg_catalog.int8, indisvalid)), '{}')
     FROM pg_catalog.pg_index WHERE indrelid >= 16384
  ) AS indexes,
  (extract(epoch FROM pg_catalog.current_setting('lock_timeout')::interval) * 1000)::int AS lock_timeout_ms;

-- name: watch
-- One row on another session: its granted relation locks, whether it waits for a lock, the phase of its index build, and
-- which of the probing sessions wait for it.
SELECT
  (SELECT coalesce(pg_catalog.jsonb_agg(DISTINCT pg_catalog.jsonb_build_array(l.relation::pg_catalog.int8, l.mode)), '[]')
     FROM pg_catalog.pg_locks l
    WHERE l.locktype = 'relation' AND l.pid = %(target)s AND l.granted AND l.relation >= 16384
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  ) AS locks,
  coalesce((SELECT a.wait_event_type = 'Lock' FROM pg_catalog.pg_stat_activity a WHERE a.pid = %(target)s), false)
    AS is_waiting,
  (SELECT phase FROM pg_catalog.pg_stat_progress_create_index WHERE pid = %(target)s) AS phase,
  ARRAY(SELECT pid FROM pg_catalog.unnest(%(probes)s::int[]) AS pid
         WHERE %(target)s = ANY (pg_catalog.pg_blocking_pids(pid))) AS blocked;

-- name: cumulative_scans
-- One row per user table: sequential scans since the statistics began.
SELECT relid::pg_catalog.int8, seq_scan FROM pg_catalog.pg_stat_user_tables;

-- name: tables
-- One row per ordinary table of the user: its name as SQL needs it, its columns in name order, and one column that an
-- UPDATE may set to itself (none when all are generated).
SELECT c.oid::pg_catalog.int8 AS oid, c.oid::pg_catalog.regclass::text AS name,
       ARRAY(SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname) AS columns,
       (SELECT pg_catalog.quote_ident(a.attname) FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
         ORDER BY a.attnum LIMIT 1) AS settable
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.oid >= 16384 AND c.relname <> 'alembic_version' AND c.relpersistence <> 't'
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', '_proof') AND n.nspname !~ '^pg_'
 ORDER BY c.oid;

-- name: invalid_indexes
-- One row per index left invalid by a failed CREATE INDEX CONCURRENTLY, with its table.
SELECT i.indexrelid::pg_catalog.regclass::text AS index, i.indrelid::pg_catalog.regclass::text AS table
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
 WHERE NOT i.indisvalid AND c.relkind = 'i'
 ORDER BY 1;

-- name: system_identifier
-- The identity of the server: initdb gives each cluster its own.
SELECT system_identifier FROM pg_catalog.pg_control_system();

-- name: version
-- One row per revision that the version table names.
SELECT version_num FROM alembic_version;

-- name: end_sessions
-- Ends every other session of the database.
SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
 WHERE datname = %(database)s AND pid <> pg_catalog.pg_backend_pid();
