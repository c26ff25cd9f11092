CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id integer NOT NULL, note text, paid boolean, placed_at timestamptz NOT NULL DEFAULT now());
INSERT INTO orders (customer_id, note, paid) SELECT g % 100, repeat('x', 40), true FROM generate_series(1, 20000) g;
CREATE INDEX idx_orders_customer_id ON orders (customer_id);
ANALYZE orders;
