-- Hybrid search by a weighted sum of vector similarity and text rank.
SELECT id,
       0.5 * (1 - (embedding <=> :embedding)) + 0.5 * ts_rank(content_tsvector, plainto_tsquery('english', :question)) AS score
FROM chunks
ORDER BY score DESC, id
LIMIT 10
