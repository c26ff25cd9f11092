-- name: relations
-- One row per relation asked for, in the order asked. size_bytes counts the heap, its TOAST table and the maps, not the indexes.
-- estimated_rows is what the planner would think: the rows per page of the last ANALYZE times the pages of today, -1 where it has never run.
SELECT asked.name AS asked, c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       CASE WHEN pg_catalog.pg_relation_size(c.oid) = 0 THEN 0
            WHEN c.reltuples >= 0 AND c.relpages > 0
            THEN c.reltuples::float8 / c.relpages * (pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::int)
            ELSE -1
       END::bigint AS estimated_rows,
       pg_catalog.pg_table_size(c.oid) AS size_bytes
FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, position)
LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(asked.name)
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
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
-- collation is given where a domain has one of its own; rules are what follows ALTER DOMAIN and the name to have its CHECK, NOT NULL and DEFAULT.
SELECT n.nspname AS schema, t.typname AS name, t.typtype AS kind, coalesce(e.extname, '') AS extension,
       CASE t.typtype
         WHEN 'e' THEN (SELECT 'AS ENUM (' || coalesce(string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder), '') || ')'
                        FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
         WHEN 'd' THEN 'AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
         ELSE ''
       END AS definition,
       CASE WHEN t.typtype = 'd' AND t.typcollation <> base.typcollation
            THEN pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname) ELSE '' END AS collation,
       ARRAY(SELECT 'ADD CONSTRAINT ' || pg_catalog.quote_ident(k.conname) || ' ' || pg_catalog.pg_get_constraintdef(k.oid)
             FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname)
       || CASE WHEN t.typtype = 'd' AND t.typnotnull THEN ARRAY['SET NOT NULL'] ELSE '{}' END
       || CASE WHEN t.typtype = 'd' AND t.typdefault IS NOT NULL THEN ARRAY['SET DEFAULT ' || t.typdefault] ELSE '{}' END AS rules
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
LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_collation co ON co.oid = t.typcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
LEFT JOIN pg_catalog.pg_depend dep
  ON dep.classid = 'pg_catalog.pg_type'::regclass AND dep.objid = t.oid AND dep.deptype = 'e' AND dep.refclassid = 'pg_catalog.pg_extension'::regclass
LEFT JOIN pg_catalog.pg_extension e ON e.oid = dep.refobjid
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY used.depth DESC, 1, 2;

-- name: functions
-- One row per user-defined function that a default, a generated column, a constraint or an index of a relation calls, as its CREATE statement.
SELECT DISTINCT p.oid::regprocedure::text AS name, pg_catalog.pg_get_functiondef(p.oid) AS definition, n.nspname AS schema
FROM (
    SELECT 'pg_catalog.pg_attrdef'::regclass AS classid, oid FROM pg_catalog.pg_attrdef WHERE adrelid = %(oid)s
    UNION ALL SELECT 'pg_catalog.pg_constraint'::regclass, oid FROM pg_catalog.pg_constraint WHERE conrelid = %(oid)s
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, indexrelid FROM pg_catalog.pg_index WHERE indrelid = %(oid)s
) AS part
JOIN pg_catalog.pg_depend dep ON dep.classid = part.classid AND dep.objid = part.oid AND dep.refclassid = 'pg_catalog.pg_proc'::regclass
JOIN pg_catalog.pg_proc p ON p.oid = dep.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prokind = 'f'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e');

-- name: losses
-- One row per property of a relation that its copy does not have, in words.
SELECT 'row security' AS what FROM pg_catalog.pg_class WHERE oid = %(oid)s AND relrowsecurity
UNION ALL
SELECT 'the table ' || inhrelid::regclass || ' as a child (its rows are in the one table here)' FROM pg_catalog.pg_inherits WHERE inhparent = %(oid)s;

-- name: statistics
-- One row per object of extended statistics of a relation, as its CREATE statement.
SELECT pg_catalog.pg_get_statisticsobjdef(oid) AS definition FROM pg_catalog.pg_statistic_ext WHERE stxrelid = %(oid)s ORDER BY stxname;

-- name: session
-- One row: what a copied session needs to read names and literals as this one does.
SELECT pg_catalog.current_schemas(false)::text[] AS search_path;

-- name: reading
-- One row per setting that decides how literals and words of a query are read, or which day a moment belongs to.
SELECT name, current_setting(name) AS value
FROM unnest(ARRAY['DateStyle', 'IntervalStyle', 'TimeZone', 'default_text_search_config']) AS name;

-- name: plain_text
-- One row, and a change to this session alone: values are written as text that every session reads back as the same.
SELECT pg_catalog.set_config('DateStyle', 'ISO', false), pg_catalog.set_config('IntervalStyle', 'postgres', false),
       pg_catalog.set_config('extra_float_digits', '1', false), pg_catalog.set_config('lc_monetary', 'C', false);

-- name: sorting
-- One row: how this database sorts and classifies text, in words. Servers before 15 have no locale providers.
SELECT concat_ws(' ', CASE said ->> 'datlocprovider' WHEN 'i' THEN 'ICU' WHEN 'b' THEN 'builtin' END,
                 coalesce(said ->> 'datlocale', said ->> 'daticulocale', said ->> 'datcollate'),
                 CASE WHEN said ->> 'datctype' <> said ->> 'datcollate' THEN 'with ctype ' || (said ->> 'datctype') END,
                 'in', pg_catalog.pg_encoding_to_char((said ->> 'encoding')::int)) AS locale
FROM (SELECT to_jsonb(d) AS said FROM pg_catalog.pg_database d WHERE d.datname = current_database()) AS own;

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
