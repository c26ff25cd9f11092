-- name: tables
-- One row per table, partitioned table, foreign table, view or materialized view of the user, at most max_tables. schema and names narrow the
-- choice where they are not null; a name may be qualified. estimated_rows is null where ANALYZE has never run. size_bytes is without indexes.
SELECT c.oid::pg_catalog.int8 AS oid, n.nspname AS schema, c.relname AS name,
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view'
                      ELSE 'materialized view' END AS kind,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::pg_catalog.int8 END AS estimated_rows,
       pg_catalog.pg_table_size(c.oid) AS size_bytes, pg_catalog.pg_indexes_size(c.oid) AS indexes_size_bytes,
       c.relispartition AS is_partition
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  AND (%(schema)s::text IS NULL OR n.nspname = %(schema)s)
  AND (%(names)s::text[] IS NULL OR c.relname = ANY (%(names)s) OR n.nspname || '.' || c.relname = ANY (%(names)s))
  AND (%(names)s::text[] IS NOT NULL OR NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
ORDER BY c.relispartition, n.nspname, c.relname LIMIT %(max_tables)s;

-- name: columns
-- One row per column of the tables, in order.
SELECT a.attrelid::pg_catalog.int8 AS table_oid, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS not_null, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS default_sql,
       CASE WHEN a.attidentity <> '' THEN 'identity' WHEN a.attgenerated <> '' THEN 'generated' ELSE '' END AS made_by
FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = ANY (%(oids)s::int8[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum;

-- name: constraints
-- One row per constraint of the tables. target is the table that a foreign key points at, '' for others.
SELECT k.conrelid::pg_catalog.int8 AS table_oid, k.conname AS name,
       CASE k.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign key'
                      WHEN 'x' THEN 'exclusion' WHEN 'n' THEN 'not null' ELSE 'trigger' END AS type,
       pg_catalog.pg_get_constraintdef(k.oid) AS definition, k.convalidated AS is_validated,
       CASE WHEN k.confrelid <> 0 THEN k.confrelid::regclass::text ELSE '' END AS target
FROM pg_catalog.pg_constraint k
WHERE k.conrelid = ANY (%(oids)s::int8[]::oid[]) AND k.contype <> 'n'
ORDER BY k.conrelid, k.contype = 'p' DESC, k.conname;

-- name: indexes
-- One row per index of the tables. scans counts uses since the statistics began, null where they are not readable.
SELECT i.indrelid::pg_catalog.int8 AS table_oid, c.relname AS name, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
       i.indisvalid AS is_valid, i.indisunique AS is_unique, i.indisprimary AS is_primary,
       pg_catalog.pg_relation_size(i.indexrelid) AS size_bytes, s.idx_scan AS scans
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_stat_all_indexes s ON s.indexrelid = i.indexrelid
WHERE i.indrelid = ANY (%(oids)s::int8[]::oid[])
ORDER BY i.indrelid, c.relname;

-- name: fk-without-index
-- One row per foreign key whose columns no valid, whole index of the table begins with, in any order.
SELECT k.conrelid::regclass::text AS table, k.conname AS object,
       (SELECT string_agg(a.attname, ', ' ORDER BY u.position) FROM unnest(k.conkey) WITH ORDINALITY AS u (attnum, position)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS what
FROM pg_catalog.pg_constraint k
WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid = ANY (%(oids)s::int8[]::oid[])
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_index i
    WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts >= cardinality(k.conkey)
      AND (SELECT array_agg(key ORDER BY key)
           FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS u (key, position) WHERE position <= cardinality(k.conkey))
        = (SELECT array_agg(key ORDER BY key) FROM unnest(k.conkey) AS key))
ORDER BY 1, 2;

-- name: table-without-primary-key
-- One row per table without a primary key; a partition has the one of its parent.
SELECT c.oid::regclass::text AS table, c.relname AS object, '' AS what
FROM pg_catalog.pg_class c
WHERE c.oid = ANY (%(oids)s::int8[]::oid[]) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
ORDER BY 1;

-- name: invalid-index
-- One row per index that a failed CREATE INDEX CONCURRENTLY left behind.
SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS object,
       pg_catalog.pg_relation_size(i.indexrelid)::text AS what
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relkind = 'i' AND i.indrelid = ANY (%(oids)s::int8[]::oid[])
ORDER BY 1, 2;

-- name: duplicate-index
-- One row per index that another one of the same table repeats: same method, keys, classes, order, predicate and uniqueness. The one without a
-- constraint is named, else the younger.
SELECT DISTINCT ON (i.indexrelid) i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS object,
       o.indexrelid::regclass::text AS what
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_index o ON o.indrelid = i.indrelid AND o.indexrelid <> i.indexrelid AND o.indisvalid
JOIN pg_catalog.pg_class ci ON ci.oid = i.indexrelid JOIN pg_catalog.pg_class co ON co.oid = o.indexrelid
WHERE i.indrelid = ANY (%(oids)s::int8[]::oid[]) AND ci.relam = co.relam AND i.indkey::text = o.indkey::text
  AND i.indclass::text = o.indclass::text AND i.indcollation::text = o.indcollation::text AND i.indoption::text = o.indoption::text
  AND i.indnkeyatts = o.indnkeyatts AND i.indpred::text IS NOT DISTINCT FROM o.indpred::text
  AND pg_catalog.pg_get_expr(i.indexprs, i.indrelid) IS NOT DISTINCT FROM pg_catalog.pg_get_expr(o.indexprs, o.indrelid)
  AND (NOT i.indisunique OR o.indisunique)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)
  AND (i.indexrelid > o.indexrelid OR (o.indisunique AND NOT i.indisunique)
       OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = o.indexrelid))
ORDER BY i.indexrelid, o.indexrelid;

-- name: unused-index
-- One row per index that no query has used since the statistics of the database began; those that keep a rule of the data are left out.
SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS object,
       coalesce(d.stats_reset::text, 'the database was created') AS what
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_stat_all_indexes s ON s.indexrelid = i.indexrelid AND s.idx_scan = 0
JOIN pg_catalog.pg_stat_database d ON d.datname = current_database()
WHERE i.indrelid = ANY (%(oids)s::int8[]::oid[]) AND i.indisvalid AND NOT i.indisunique AND NOT i.indisexclusion AND NOT i.indisreplident
ORDER BY 1, 2;

-- name: sequence-near-its-end
-- One row per sequence that has used more than three quarters of what it, or the integer column that owns it, can hold.
SELECT c.oid::regclass::text AS table, s.seqrelid::regclass::text AS object,
       last.value || ' of ' || least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647
                                                              ELSE s.seqmax END) AS what
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
     AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
CROSS JOIN LATERAL (SELECT CASE WHEN pg_catalog.has_sequence_privilege(s.seqrelid, 'USAGE, SELECT')
                                THEN pg_catalog.pg_sequence_last_value(s.seqrelid) END AS value) AS last
WHERE c.oid = ANY (%(oids)s::int8[]::oid[]) AND NOT s.seqcycle AND s.seqincrement > 0
  AND last.value > 0.75 * least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE s.seqmax END)
ORDER BY 1, 2;

-- name: timestamp-without-tz
-- One row per column that holds a moment without saying in which time zone.
SELECT a.attrelid::regclass::text AS table, a.attname AS object, '' AS what
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
WHERE a.attrelid = ANY (%(oids)s::int8[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'timestamp'::regtype
  AND c.relkind IN ('r', 'p')
ORDER BY 1, a.attnum;

-- name: serial
-- One row per column that takes its numbers from a sequence of its own by a default, as serial makes it.
SELECT a.attrelid::regclass::text AS table, a.attname AS object, s.oid::regclass::text AS what
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
     AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a'
JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
WHERE a.attrelid = ANY (%(oids)s::int8[]::oid[]) AND a.atthasdef AND a.attidentity = ''
ORDER BY 1, a.attnum;

-- name: name-needs-quotes
-- One row per table or column whose name has to be written in quotes.
SELECT c.oid::regclass::text AS table, named.object, named.what
FROM pg_catalog.pg_class c CROSS JOIN LATERAL (
  SELECT c.relname AS object, 'table' AS what
  UNION ALL
  SELECT a.attname, 'column' FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
) AS named
WHERE c.oid = ANY (%(oids)s::int8[]::oid[]) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND named.object !~ '^[a-z_][a-z0-9_]*$'
ORDER BY 1, 2;

-- name: name-without-its-table
-- One row per index or constraint whose name does not hold that of its table; those of partitions are named by the server.
SELECT found.table, found.object, found.what
FROM (
  SELECT i.indrelid AS oid, i.indrelid::regclass::text AS table, x.relname AS object, 'index' AS what
  FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid)
  UNION ALL
  SELECT k.conrelid, k.conrelid::regclass::text, k.conname, 'constraint'
  FROM pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'c', 'f', 'x')
) AS found JOIN pg_catalog.pg_class c ON c.oid = found.oid
WHERE c.oid = ANY (%(oids)s::int8[]::oid[]) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND strpos(found.object, c.relname) = 0 AND strpos(found.object, left(c.relname, 20)) = 0
ORDER BY 1, 2;
