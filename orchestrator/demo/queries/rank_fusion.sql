-- Hybrid search by reciprocal rank fusion: the 40 best of each half, fused by rank.
WITH semantic AS (
    SELECT id, row_number() OVER (ORDER BY distance) AS rank
    FROM (SELECT id, embedding <=> :embedding AS distance FROM chunks ORDER BY embedding <=> :embedding LIMIT 40) AS nearest
), keyword AS (
    SELECT id, row_number() OVER (ORDER BY score DESC, id) AS rank
    FROM (
        SELECT id, ts_rank_cd(content_tsvector, plainto_tsquery('english', :question)) AS score
        FROM chunks
        WHERE content_tsvector @@ plainto_tsquery('english', :question)
        ORDER BY score DESC, id
        LIMIT 40
    ) AS matching
)
SELECT coalesce(semantic.id, keyword.id) AS id,
       coalesce(1.0 / (60 + semantic.rank), 0) + coalesce(1.0 / (60 + keyword.rank), 0) AS score
FROM semantic FULL JOIN keyword ON semantic.id = keyword.id
ORDER BY score DESC, id
LIMIT 10
