-- name: identity
-- One row: the server we are connected to. system_identifier is drawn by initdb and never changes.
SELECT pg_catalog.current_setting('server_version') AS version,
       pg_catalog.current_setting('server_version_num')::int AS version_num,
       (SELECT c.system_identifier::text FROM pg_catalog.pg_control_system() c) AS system_identifier;
