SELECT 1
SELECT a, b AS c, t.*, * FROM t
SELECT DISTINCT a FROM t
SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b DESC NULLS LAST
SELECT count(*) FILTER (WHERE a > 1), sum(DISTINCT b) FROM t GROUP BY c HAVING count(*) > 2
SELECT a FROM t GROUP BY GROUPING SETS ((a), ()), ROLLUP (b), CUBE (c)
SELECT row_number() OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t
SELECT rank() OVER w FROM t WINDOW w AS (ORDER BY a)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t
SELECT array_agg(a ORDER BY b DESC) FROM t
SELECT * FROM t WHERE a = 1 AND (b = 2 OR c = 3) AND NOT d
SELECT * FROM t WHERE a IN (1, 2, 3) AND b NOT IN (SELECT c FROM u)
SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b NOT BETWEEN SYMMETRIC 4 AND 3
SELECT * FROM t WHERE a LIKE 'x%' ESCAPE '!' AND b ILIKE '%y' AND c SIMILAR TO 'z' AND d ~* 'q'
SELECT * FROM t WHERE a IS NULL AND b IS NOT NULL AND c IS DISTINCT FROM d AND e IS TRUE
SELECT * FROM t WHERE EXISTS (SELECT FROM u WHERE u.a = t.a)
SELECT (SELECT max(a) FROM u) AS m, ARRAY(SELECT a FROM u) AS l FROM t
SELECT * FROM a JOIN b ON a.id = b.id LEFT JOIN c USING (id) RIGHT JOIN d ON true FULL JOIN e ON a.x = e.x
SELECT * FROM a CROSS JOIN b NATURAL JOIN c
SELECT * FROM (a JOIN b ON a.i = b.i) AS ab
SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x LIMIT 1) AS l
SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g (n, o)
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r
SELECT * FROM t TABLESAMPLE BERNOULLI (10) REPEATABLE (1)
SELECT * FROM ONLY t
SELECT 1 UNION SELECT 2 UNION ALL SELECT 3 EXCEPT SELECT 4
(SELECT a FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT b FROM u LIMIT 2) ORDER BY 1
SELECT 1 INTERSECT ALL (SELECT 2 UNION SELECT 3)
VALUES (1, 'a'), (2, 'b')
WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT * FROM a) SELECT * FROM b
WITH a (x) AS NOT MATERIALIZED (SELECT 1) SELECT x FROM a
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT * FROM t
SELECT CASE WHEN a > 1 THEN 'x' WHEN b THEN 'y' ELSE 'z' END, CASE a WHEN 1 THEN 2 END FROM t
SELECT coalesce(a, b), nullif(a, 0), greatest(a, b), least(a, 1) FROM t
SELECT a::numeric(10, 2), CAST(b AS varchar(3)[]), c::timestamptz AT TIME ZONE 'UTC' FROM t
SELECT extract(year FROM d), position('a' IN b), substring(c FROM 1 FOR 2), trim(BOTH 'x' FROM e) FROM t
SELECT interval '1 day 2 hours', date '2020-01-01', timestamp '2020-01-01 00:00', 1.5e10, -3, +4, .5
SELECT a[1], b[1:2], (c).d, (e.f).g, ROW(1, 2), ARRAY[[1, 2], [3, 4]] FROM t
SELECT a -> 'b' ->> 'c', a #>> '{d,e}', a @> '{"f": 1}', a ? 'g', a ?| ARRAY['h'], a - 'i' FROM t
SELECT a || b || c, a + b * c - d / e % f ^ 2, @ g, |/ h, NOT (i AND j) OR k FROM t
SELECT (a + b) * c, a - (b - c), -(-a), (a = b) = c, a + (b COLLATE "C")::int FROM t
SELECT * FROM t WHERE w @@ websearch_to_tsquery('english', $1) AND e::halfvec(3) <=> $2 < 0.5
SELECT 'it''s', E'a\nb', U&'d\0061t', $$dollar$$, B'101', X'1F'
SELECT "Weird ""Name""", "select", "ünïcode", t."Column" FROM "My Schema"."My Table" AS "T"
SELECT a FROM t ORDER BY a USING >
SELECT a FROM t ORDER BY a ASC NULLS FIRST, b DESC OFFSET 5 ROWS FETCH NEXT 3 ROWS WITH TIES
SELECT f(a, VARIADIC b), f(x => 1, y := 2), pg_catalog.now(), current_date, current_user, localtime FROM t
SELECT xmlelement(name foo, xmlattributes(a AS b)) FROM t
SELECT JSON_OBJECT('a': 1), JSON_VALUE(j, '$.a') FROM t
SELECT a IS JSON, b IS NORMALIZED, c IS DOCUMENT FROM t
SELECT t FROM t
SELECT FROM t
SELECT a AS "order", b AS "user" FROM t WHERE "end" < 3
SELECT count(*) OVER () FROM t WHERE a OPERATOR(pg_catalog.=) 1
SELECT a, b FROM t WHERE (a, b) IN ((1, 2), (3, 4)) AND (a, b) OVERLAPS (c, d)
SELECT
SELECT ALL a FROM t
SELECT a delete FROM t
SELECT a AS "DELETE FROM t" FROM t
SELECT delete, update, insert, truncate, drop FROM t
SELECT t.delete, t.update FROM t
SELECT * FROM t AS delete
SELECT * FROM delete, update, insert
SELECT * FROM t FOR UPDATE
SELECT * FROM t FOR NO KEY UPDATE OF t SKIP LOCKED
SELECT * FROM t FOR SHARE NOWAIT
SELECT * FROM t FOR KEY SHARE
SELECT * FROM (SELECT 1) AS x FOR UPDATE
SELECT (update) FROM t
SELECT (delete) + (insert) FROM t
SELECT count(update), f(delete, truncate) FROM t
SELECT trim(update FROM d) FROM t
SELECT 'DELETE FROM t; DROP TABLE t'
SELECT $$ DELETE FROM t; $$
SELECT $a$ $$; DROP TABLE t; $$ $a$, 1
SELECT E'\'; DROP TABLE t; --', 2
SELECT U&'\0044ROP', U&'d!0061t' UESCAPE '!'
SELECT B'1', X'1f', N'a'
SELECT 1 /* ; DROP TABLE t */ + /* /* nested */ ; */ 2
SELECT a <> b, a != b, a <= b, a >= b, a = b FROM t
SELECT a @-@ b, a <-> b, a ->> 'x', - - 1, -(-1) FROM t
SELECT 1.5e-3, .5, 5., 1_000, 0x1F, 0o17, 0b11
SELECT a.*, (b).c, (b).*, d[1], e[1:2] FROM t
SELECT CASE a WHEN 1 THEN 2 END, CASE WHEN delete THEN update ELSE insert END FROM t
SELECT * FROM t WHERE delete AND update OR NOT truncate
SELECT * FROM pg_catalog.pg_class c
SELECT a FROM t ORDER BY update LIMIT 1 OFFSET 2
SELECT * INTO x FROM t
SELECT a INTO TEMP x FROM t
SELECT a INTO UNLOGGED TABLE x FROM t
TABLE t
TABLE ONLY s.t
VALUES (1, 'DROP'), (2, 'x') ORDER BY 1
(SELECT 1)
((SELECT 1) UNION (SELECT 2))
WITH delete AS (SELECT 1) SELECT * FROM delete
WITH a (delete, update) AS (VALUES (1, 2)) SELECT * FROM a
WITH a AS (SELECT 1), update AS (SELECT 2) TABLE update
WITH a AS (SELECT 1) (SELECT * FROM a)
WITH a AS (SELECT 1) VALUES (2)
SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) AS y
SELECT ARRAY (SELECT 1), EXISTS (SELECT 1), (SELECT 2)
SELECT pg_read_file('x')
SELECT pg_catalog.pg_read_file('x', 0, 1)
SELECT "pg_read_file"('x'), pg_ls_dir('.')
SELECT * FROM pg_ls_dir('.') AS d
SELECT * FROM t, LATERAL pg_read_binary_file(t.a)
SELECT * FROM ROWS FROM (pg_ls_dir('a'), pg_ls_dir('b')) AS x
SELECT * FROM t WHERE a = pg_stat_file('x')
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
SELECT setval('s', (SELECT max(a) FROM t)), currval('s')
SELECT pg_read_file FROM t
SELECT setval, pg_reload_conf FROM t
SELECT t.setval FROM t
SELECT lo_export(1, 'x'), lo_import('y'), lo_unlink(3)
SELECT pg_reload_conf(), pg_rotate_logfile(), pg_switch_wal()
SELECT sum(pg_cancel_backend(pid)::int) FILTER (WHERE a) OVER (ORDER BY pg_reload_conf()) FROM t
SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL)
SELECT drop_chunks('t', interval '1 day')
SELECT f(pg_read_file('x'))
SELECT CASE WHEN pg_reload_conf() THEN 1 END
SELECT json_query(a, '$.x'), json_value(b, '$' RETURNING int) FROM t
SELECT json_object('a': 1), json_arrayagg(b), xmlelement(name a, 1), xmlforest(a AS b) FROM t
SELECT grouping(a) FROM t GROUP BY CUBE (a)
SELECT * FROM json_table('{}', '$' COLUMNS (a int PATH '$.a')) AS j
SELECT * FROM xmltable('/a' PASSING b COLUMNS c int) AS x
SELECT * FROM t TABLESAMPLE system (1)
SELECT a IS JSON, b IS DOCUMENT, c IS NORMALIZED FROM t
SELECT current_date, localtimestamp(3), session_user, current_role
SELECT OVERLAY(a PLACING b FROM 1), normalize(c), collation for (d) FROM t
SELECT x.update(1), y.delete() FROM t
SELECT a OPERATOR(pg_catalog.+) b FROM t
SELECT ROW (1, 2) = (1, 2), (1, 2) OVERLAPS (3, 4)
SELECT DISTINCT ON (a) * FROM t
SELECT a AT LOCAL, b AT TIME ZONE 'UTC' FROM t
SELECT a COLLATE "C" FROM t
