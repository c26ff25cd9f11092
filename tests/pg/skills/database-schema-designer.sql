CREATE TABLE "Bad" (
    id serial, parent_id integer, at timestamp, settings json, label varchar(10), deleted_at timestamp, UNIQUE (label)
);
CREATE TABLE good (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, bad_id integer);
ALTER TABLE "Bad" ADD PRIMARY KEY (id);
ALTER TABLE good ADD CONSTRAINT links FOREIGN KEY (bad_id) REFERENCES "Bad" (id) NOT VALID;
CREATE INDEX strange ON good (id, bad_id);
