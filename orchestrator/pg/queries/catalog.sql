-- name: relations
-- One row per relation asked for, in the order asked. size_bytes counts the heap, its TOAST table and the maps, not the indexes; for a
-- partitioned table it is the sum over the partitions, as are the estimated rows. estimated_rows is -1 before the first ANALYZE.
SELECT asked.name AS asked, c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       CASE c.relkind WHEN 'p' THEN leaves.rows ELSE c.reltuples END::bigint AS estimated_rows,
       CASE c.relkind WHEN 'p' THEN leaves.size_bytes ELSE pg_catalog.pg_table_size(c.oid) END AS size_bytes
FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, position)
LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(asked.name)
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
    SELECT sum(greatest(leaf.reltuples, 0)) AS rows, sum(pg_catalog.pg_table_size(leaf.oid))::bigint AS size_bytes
    FROM pg_catalog.pg_partition_tree(c.oid) AS part JOIN pg_catalog.pg_class leaf ON leaf.oid = part.relid
    WHERE part.isleaf AND c.relkind = 'p'
) AS leaves ON true
ORDER BY asked.position;

-- name: columns
-- One row per live column, in order. default_sql is the generation expression where generated is not empty. dimensions: of vector types, -1
-- when not declared. storage and collation are given where they are not those of the column's type.
SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, t.typname AS base_type, tn.nspname AS type_schema,
       a.atttypmod AS dimensions, a.attnotnull AS not_null, a.attgenerated AS generated, a.attidentity AS identity,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default_sql,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage ELSE '' END AS storage,
       CASE WHEN a.attcollation <> t.typcollation
            THEN pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) ELSE '' END AS collation
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum;

-- name: indexes
-- One row per index of a relation. The name is quoted where SQL needs it and without its schema, which is the table's. keys and opclasses are
-- those of the key columns; a key that is an expression is given as its text. is_candidate: made by us, to be measured.
SELECT pg_catalog.quote_ident(c.relname) AS name, am.amname AS method, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
       i.indisvalid AS is_valid, i.indisunique AS is_unique, i.indisprimary AS is_primary,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate, pg_catalog.pg_relation_size(i.indexrelid) AS size_bytes,
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k, true)
                    || CASE WHEN am.amname = 'btree' AND i.indoption[k - 1] & 1 = 1 THEN ' DESC' ELSE '' END
             FROM generate_series(1, i.indnkeyatts) k) AS keys,
       ARRAY(SELECT oc.opcname::text FROM unnest(i.indclass) WITH ORDINALITY AS cls (oid, position)
             JOIN pg_catalog.pg_opclass oc ON oc.oid = cls.oid ORDER BY cls.position) AS opclasses,
       pg_catalog.obj_description(i.indexrelid, 'pg_class') IS NOT DISTINCT FROM %(mark)s AS is_candidate
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = c.relam
WHERE i.indrelid = %(oid)s
ORDER BY 1;

-- name: constraints
-- One row per primary key, unique, check or exclusion constraint of a relation; index is the name of the one behind it. Foreign keys are left
-- out: the tables they point at may not be copied.
SELECT k.conname AS name, k.contype AS type, pg_catalog.pg_get_constraintdef(k.oid) AS definition,
       coalesce(pg_catalog.quote_ident(c.relname), '') AS index
FROM pg_catalog.pg_constraint k LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conindid
WHERE k.conrelid = %(oid)s AND k.contype IN ('p', 'u', 'c', 'x')
ORDER BY k.contype = 'p' DESC, k.conname;

-- name: foreign_keys
-- One row per foreign key of a relation.
SELECT conname AS name, confrelid::regclass::text AS target FROM pg_catalog.pg_constraint WHERE conrelid = %(oid)s AND contype = 'f' ORDER BY 1;

-- name: extensions
-- One row per installed extension and the schema it lives in.
SELECT e.extname AS name, e.extversion AS version, n.nspname AS schema
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1;

-- name: types
-- One row per type that the columns of a relation are made of, elements of arrays and bases of domains included, in the order in which they can
-- be created. extension: the one it belongs to, or ''. definition is what follows CREATE TYPE or CREATE DOMAIN and the name; '' for other kinds.
SELECT n.nspname AS schema, t.typname AS name, t.typtype AS kind, coalesce(e.extname, '') AS extension,
       CASE t.typtype
         WHEN 'e' THEN (SELECT 'AS ENUM (' || coalesce(string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder), '') || ')'
                        FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
         WHEN 'd' THEN 'AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
         ELSE ''
       END AS definition
FROM (
    WITH RECURSIVE used (oid, depth) AS (
        SELECT a.atttypid, 0 FROM pg_catalog.pg_attribute a WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped
        UNION
        SELECT inner_type.oid, used.depth + 1
        FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid
        CROSS JOIN LATERAL (VALUES (t.typbasetype), (CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END)) AS inner_type (oid)
        WHERE inner_type.oid <> 0
    )
    SELECT oid, max(depth) AS depth FROM used GROUP BY oid
) AS used
JOIN pg_catalog.pg_type t ON t.oid = used.oid
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_depend dep
  ON dep.classid = 'pg_catalog.pg_type'::regclass AND dep.objid = t.oid AND dep.deptype = 'e' AND dep.refclassid = 'pg_catalog.pg_extension'::regclass
LEFT JOIN pg_catalog.pg_extension e ON e.oid = dep.refobjid
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY used.depth DESC, 1, 2;

-- name: functions
-- One row per user-defined function that a default or generated column of a relation calls, as its CREATE statement.
SELECT DISTINCT p.oid::regprocedure::text AS name, pg_catalog.pg_get_functiondef(p.oid) AS definition, n.nspname AS schema
FROM pg_catalog.pg_attrdef d
JOIN pg_catalog.pg_depend dep ON dep.classid = 'pg_catalog.pg_attrdef'::regclass AND dep.objid = d.oid AND dep.refclassid = 'pg_catalog.pg_proc'::regclass
JOIN pg_catalog.pg_proc p ON p.oid = dep.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE d.adrelid = %(oid)s AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e');

-- name: session
-- One row: what a copied session needs to read names and values as this one does.
SELECT pg_catalog.current_schemas(false)::text[] AS search_path, current_setting('DateStyle') AS date_style,
       current_setting('IntervalStyle') AS interval_style;

-- name: collations
-- One row per collation that the server has, as quoted schema and name.
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.collname) AS name
FROM pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace;

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
