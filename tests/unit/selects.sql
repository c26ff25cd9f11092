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
SELECT * FROM t WHERE a = ANY (:ids) AND b <> ALL (ARRAY[1, 2])
SELECT * FROM t WHERE (a, b) > (:a, :b) ORDER BY a, b LIMIT 10
SELECT * FROM t WHERE EXISTS (SELECT FROM u WHERE u.a = t.a)
SELECT (SELECT max(a) FROM u) AS m, ARRAY(SELECT a FROM u) AS l FROM t
SELECT * FROM a JOIN b ON a.id = b.id LEFT JOIN c USING (id) RIGHT JOIN d ON true FULL JOIN e ON a.x = e.x
SELECT * FROM a CROSS JOIN b NATURAL JOIN c
SELECT * FROM (a JOIN b ON a.i = b.i) AS ab
SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x LIMIT 1) AS l
SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g (n, o)
SELECT * FROM unnest(:a::int[], :b::text[]) AS u (a, b)
SELECT * FROM ROWS FROM (generate_series(1, 2), generate_series(1, 3)) AS r
SELECT * FROM json_to_recordset(:j) AS x (a int, b text)
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
SELECT embedding <=> :v, embedding <-> :v, embedding <#> :v, embedding <+> :v FROM t ORDER BY embedding <=> :v LIMIT 5
SELECT 0.5 * (1 - (e <=> :v)) + 0.5 * ts_rank(w, plainto_tsquery('english', :q)) AS s FROM t ORDER BY s DESC LIMIT 10
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
SELECT * FROM t WHERE a = :a AND b = :b AND c = :a AND d = $1
SELECT count(*) OVER () FROM t WHERE a OPERATOR(pg_catalog.=) 1
SELECT a, b FROM t WHERE (a, b) IN ((1, 2), (3, 4)) AND (a, b) OVERLAPS (c, d)
