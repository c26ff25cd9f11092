-- The disposable server does not preload pg_stat_statements; a table with the columns of its view stands in for it.
CREATE SCHEMA stats;
CREATE EXTENSION pg_stat_statements SCHEMA stats;
CREATE TABLE pg_stat_statements AS SELECT * FROM stats.pg_stat_statements WITH NO DATA;
CREATE TABLE pg_stat_statements_info AS SELECT * FROM stats.pg_stat_statements_info WITH NO DATA;
INSERT INTO pg_stat_statements
    (dbid, queryid, query, toplevel, calls, total_exec_time, mean_exec_time, stddev_exec_time, rows, shared_blks_hit, shared_blks_read, stats_since)
SELECT oid, 1, 'SELECT category_id, sum(net) FROM order_items GROUP BY category_id', true, 90000, 10800000, 120, 9, 900000, 100000000, 0, now() - interval '1 day'
FROM pg_database WHERE datname = current_database();
INSERT INTO pg_stat_statements
    (dbid, queryid, query, toplevel, calls, total_exec_time, mean_exec_time, stddev_exec_time, rows, shared_blks_hit, shared_blks_read, stats_since)
SELECT oid, 2, 'UPDATE orders SET status = $1 WHERE id = $2', true, 500000, 500000, 1, 1, 500000, 2000000, 0, now() - interval '1 day'
FROM pg_database WHERE datname = current_database();
INSERT INTO pg_stat_statements_info VALUES (0, now() - interval '1 day');
