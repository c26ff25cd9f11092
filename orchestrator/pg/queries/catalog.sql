-- name: relations
-- One row per relation asked for, in the order asked. size_bytes counts the heap, its TOAST table and the maps, not the indexes.
SELECT asked.name AS asked, c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       c.reltuples::bigint AS estimated_rows, pg_catalog.pg_table_size(c.oid) AS size_bytes
FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, position)
LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(asked.name)
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY asked.position;

-- name: columns
-- One row per live column, in order. default_sql is the generation expression where generated is not empty. dimensions: of vector types, -1 when not declared.
SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, t.typname AS base_type, tn.nspname AS type_schema,
       a.atttypmod AS dimensions, a.attnotnull AS not_null, a.attgenerated AS generated, a.attidentity AS identity,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default_sql, a.attstorage AS storage
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum;

-- name: indexes
-- One row per index of a relation. keys and opclasses are those of the key columns; a key that is an expression is given as its text.
SELECT i.indexrelid::regclass::text AS name, am.amname AS method, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
       i.indisvalid AS is_valid, i.indisunique AS is_unique, i.indisprimary AS is_primary,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate, pg_catalog.pg_relation_size(i.indexrelid) AS size_bytes,
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k) AS keys,
       ARRAY(SELECT oc.opcname::text FROM unnest(i.indclass) WITH ORDINALITY AS cls (oid, position)
             JOIN pg_catalog.pg_opclass oc ON oc.oid = cls.oid ORDER BY cls.position) AS opclasses
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = c.relam
WHERE i.indrelid = %(oid)s
ORDER BY 1;

-- name: constraints
-- One row per primary key, unique, check or exclusion constraint of a relation. Foreign keys are left out: the tables they point at may not be copied.
SELECT conname AS name, contype AS type, pg_catalog.pg_get_constraintdef(oid) AS definition, conindid::regclass::text AS index
FROM pg_catalog.pg_constraint
WHERE conrelid = %(oid)s AND contype IN ('p', 'u', 'c', 'x')
ORDER BY contype = 'p' DESC, conname;

-- name: foreign_keys
-- One row per foreign key of a relation.
SELECT conname AS name, confrelid::regclass::text AS target FROM pg_catalog.pg_constraint WHERE conrelid = %(oid)s AND contype = 'f' ORDER BY 1;

-- name: extensions
-- One row per installed extension and the schema it lives in.
SELECT e.extname AS name, e.extversion AS version, n.nspname AS schema
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1;

-- name: types
-- One row per enum or domain that the columns of a relation use. definition is what follows CREATE TYPE or CREATE DOMAIN name.
SELECT DISTINCT n.nspname AS schema, t.typname AS name, t.typtype AS kind,
       CASE t.typtype
         WHEN 'e' THEN (SELECT 'AS ENUM (' || string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) || ')' FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
         ELSE 'AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
       END AS definition
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped AND t.typtype IN ('e', 'd') AND n.nspname <> 'pg_catalog'
ORDER BY 1, 2;

-- name: functions
-- One row per user-defined function that a default or generated column of a relation calls, as its CREATE statement.
SELECT DISTINCT p.oid::regprocedure::text AS name, pg_catalog.pg_get_functiondef(p.oid) AS definition, n.nspname AS schema
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_depend dep ON dep.classid = 'pg_catalog.pg_attrdef'::regclass AND dep.objid = d.oid AND dep.refclassid = 'pg_catalog.pg_proc'::regclass
JOIN pg_catalog.pg_proc p ON p.oid = dep.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE d.adrelid = %(oid)s AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e');

-- name: server
-- One row: what the target is and what its planner is told.
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS version_num,
       current_database() AS database, current_user AS role, current_setting('transaction_read_only') AS read_only;

-- name: planner_settings
-- One row per setting that decides plans.
SELECT name, setting, unit FROM pg_catalog.pg_settings
WHERE category LIKE 'Query Tuning%%' OR name IN ('work_mem', 'hash_mem_multiplier', 'max_parallel_workers_per_gather', 'max_parallel_workers')
ORDER BY name;

-- name: operator_classes
-- One row per operator that an index method can search or sort by: the input type on its left and the operator class to name.
SELECT am.amname AS method, o.oprname AS operator, pg_catalog.format_type(ao.amoplefttype, NULL) AS type, oc.opcname AS opclass, oc.opcdefault AS is_default
FROM pg_catalog.pg_amop ao
JOIN pg_catalog.pg_am am ON am.oid = ao.amopmethod
JOIN pg_catalog.pg_operator o ON o.oid = ao.amopopr
JOIN pg_catalog.pg_opclass oc ON oc.opcfamily = ao.amopfamily AND oc.opcintype = ao.amoplefttype
WHERE am.amname IN ('hnsw', 'ivfflat', 'gin')
ORDER BY 1, 2, 3, 4;
