-- Tables of the user that test_copy.py copies: odd names, own types, an extension that only their server has.
CREATE SCHEMA "App Data";
CREATE SCHEMA ext;
CREATE EXTENSION vector SCHEMA ext;
CREATE EXTENSION gadget SCHEMA ext;
CREATE TYPE "App Data".mood AS ENUM ('ok', 'it''s bad');
CREATE DOMAIN "App Data".address AS text CHECK (VALUE ~ '@');
CREATE DOMAIN "App Data".feeling AS "App Data".mood;
CREATE FUNCTION "App Data".slug(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT lower(replace($1, ' ', '-')) $$;
CREATE SEQUENCE "App Data".numbers;
CREATE TABLE "App Data"."Docs" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "Weird ""Name""" text COLLATE "C" NOT NULL,
    mood "App Data".mood DEFAULT 'ok',
    moods "App Data".mood[],
    feeling "App Data".feeling,
    mail "App Data".address,
    embedding ext.vector(3),
    slug text GENERATED ALWAYS AS ("App Data".slug("Weird ""Name""")) STORED,
    twice bigint GENERATED ALWAYS AS (id * 2) VIRTUAL,
    placed date NOT NULL DEFAULT CURRENT_DATE,
    taken interval,
    number int DEFAULT nextval('"App Data".numbers'),
    parent bigint CONSTRAINT to_parent REFERENCES "App Data"."Docs",
    CONSTRAINT one_mail UNIQUE (mail, id),
    CONSTRAINT positive CHECK (id > 0)
);
ALTER TABLE "App Data"."Docs" ALTER mail SET STORAGE EXTERNAL;
INSERT INTO "App Data"."Docs" ("Weird ""Name""", moods, feeling, mail, embedding, placed, taken)
SELECT E'Näme \t\n\\ ' || g, ARRAY['ok', 'it''s bad']::"App Data".mood[], 'ok', 'a@' || g, ARRAY[g, 1, 2]::ext.vector,
       date '2025-01-01' + g % 28, -g * interval '1 hour' FROM generate_series(1, 500) g;
CREATE INDEX docs_near ON "App Data"."Docs" USING hnsw (embedding ext.vector_cosine_ops);
CREATE INDEX "docs ""lower""" ON "App Data"."Docs" (lower("Weird ""Name""") DESC) WHERE id > 10;
CREATE TABLE parts (id int, made date) PARTITION BY RANGE (made);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
INSERT INTO parts SELECT g, date '2020-01-01' + g FROM generate_series(0, 599) g;
CREATE TABLE many AS SELECT g AS id FROM generate_series(1, 20000) g;
CREATE TABLE unknown AS SELECT g AS id FROM generate_series(1, 300) g;
CREATE TABLE machines (id int, made_of ext.gadget);
CREATE TABLE secret (id int);
CREATE TABLE empty ();
CREATE VIEW shown AS SELECT 1 AS one;
CREATE ROLE visitor LOGIN;
GRANT USAGE ON SCHEMA "App Data", ext TO visitor;
GRANT SELECT ON ALL TABLES IN SCHEMA "App Data", public TO visitor;
REVOKE ALL ON secret FROM visitor;
ANALYZE many, parts, "App Data"."Docs";
ALTER DATABASE app SET search_path = "App Data", public, ext;
