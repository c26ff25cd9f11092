-- name: schema_snapshot
-- One row per thing in the schema: the part it belongs to, its name, and its definition as text. Two snapshots with the
-- same rows are the same schema. Members of extensions, Alembic's own table and column order are left out.
WITH ours AS (
  SELECT oid, nspname FROM pg_catalog.pg_namespace
   WHERE nspname NOT IN ('pg_catalog', 'information_schema', '_proof') AND nspname !~ '^pg_(toast|temp)'
), members AS (
  SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), relations AS (
  SELECT c.*, o.nspname FROM pg_catalog.pg_class c JOIN ours o ON o.oid = c.relnamespace
   WHERE c.relname NOT IN ('alembic_version', 'alembic_version_pkc')
     AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
)
SELECT 'schema' AS part, nspname::text AS object, '' AS definition FROM ours
UNION ALL
SELECT 'relation', format('%I.%I', r.nspname, r.relname),
       concat_ws(' ', r.relkind, r.relpersistence, r.relrowsecurity, r.relforcerowsecurity, r.relreplident,
         pg_get_expr(r.relpartbound, r.oid), CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END,
         CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
         array_to_string(r.reloptions, ','), array_to_string(r.relacl, ','), obj_description(r.oid, 'pg_class'))
  FROM relations r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
UNION ALL
SELECT 'column', format('%I.%I.%I', r.nspname, r.relname, a.attname),
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
         a.attgenerated, a.attcollation::regcollation, a.attstorage, array_to_string(a.attacl, ','),
         col_description(r.oid, a.attnum))
  FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
 WHERE r.relkind IN ('r', 'p', 'v', 'm', 'c', 'f')
UNION ALL
SELECT 'index', format('%I.%I', r.nspname, r.relname),
       concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN i.indisvalid THEN 'valid' ELSE 'INVALID' END,
         i.indisclustered, i.indisreplident)
  FROM relations r JOIN pg_catalog.pg_index i ON i.indexrelid = r.oid
UNION ALL
SELECT 'constraint', format('%s %I', coalesce(k.conrelid::regclass::text, format_type(k.contypid, NULL)), k.conname),
       concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated)
  FROM pg_catalog.pg_constraint k JOIN ours o ON o.oid = k.connamespace
 WHERE (k.conrelid = 0 OR EXISTS (SELECT FROM relations r WHERE r.oid = k.conrelid))
   AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = k.contypid)
UNION ALL
SELECT 'type', format('%I.%I', o.nspname, t.typname),
       concat_ws(' ', t.typtype, CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
         t.typdefault, (SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder)
                          FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))
  FROM pg_catalog.pg_type t JOIN ours o ON o.oid = t.typnamespace
 WHERE t.typtype IN ('d', 'e', 'r')
   AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)
UNION ALL
SELECT 'function', p.oid::regprocedure::text, concat_ws(' ', md5(pg_get_functiondef(p.oid)), array_to_string(p.proacl, ','))
  FROM pg_catalog.pg_proc p JOIN ours o ON o.oid = p.pronamespace
 WHERE p.prokind <> 'a'
   AND NOT EXISTS (SELECT FROM members m WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)
UNION ALL
SELECT 'trigger', format('%s %I', t.tgrelid::regclass, t.tgname), concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM pg_catalog.pg_trigger t JOIN relations r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'policy', format('%s %I', y.polrelid::regclass, y.polname),
       concat_ws(' ', y.polcmd, y.polpermissive, y.polroles::regrole[]::text, pg_get_expr(y.polqual, y.polrelid),
         pg_get_expr(y.polwithcheck, y.polrelid))
  FROM pg_catalog.pg_policy y JOIN relations r ON r.oid = y.polrelid
UNION ALL
SELECT 'extension', extname::text, extversion FROM pg_catalog.pg_extension
UNION ALL
SELECT 'sequence', format('%I.%I', r.nspname, r.relname),
       concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
  FROM relations r JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT 'statistics', format('%I.%I', o.nspname, x.stxname), pg_get_statisticsobjdef(x.oid)
  FROM pg_catalog.pg_statistic_ext x JOIN ours o ON o.oid = x.stxnamespace;
