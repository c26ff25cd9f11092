-- The demo's table: paragraphs of software manuals with an embedding and a text search vector, as a retrieval service stores them.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE chunks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    title text NOT NULL,
    section text NOT NULL,
    body text NOT NULL,
    embedding vector(384) NOT NULL,
    content_tsvector tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || section || ' ' || body)) STORED
);
