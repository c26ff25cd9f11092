"""What the gate makes of the command lines of migration tools, ORMs, task runners and package runners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orchestrator.gate import judge
from orchestrator.gate.judgement import Judgement
from orchestrator.gate.place import Place

if TYPE_CHECKING:
    from pathlib import Path

# Rule id, or "" for nothing, to command lines.
COMMANDS = {
    "run-migration": """
alembic upgrade head
alembic upgrade +1
alembic -c db/alembic.ini -x tenant=a -n shop upgrade heads
alembic --raiseerr upgrade head
alembic --config=db/alembic.ini upgrade ae10:head
alembic $OPTIONS upgrade head
flask db upgrade
flask --app shop db upgrade
flask -A shop:create_app --debug db upgrade -d migrations head
FLASK_APP=shop flask db upgrade
litestar --app shop:app database upgrade
alchemy --config shop.config upgrade
superset db upgrade
airflow db migrate
mlflow db upgrade sqlite:///mlflow.db
reflex db migrate
django-admin migrate --settings shop.settings
django-admin migrate catalog 0003
django-admin migrate catalog 0003 --database replica --noinput
django-admin migrate_schemas --shared
./manage.py migrate
aerich upgrade
aerich --app models init-db
tortoise -c shop.conf migrate
piccolo migrations forwards all
pem migrate
pw_migrate migrate --database=postgresql://localhost/shop
yoyo apply --database postgresql://localhost/shop ./migrations
yoyo develop -d postgresql://localhost/shop
prisma migrate dev
prisma migrate dev --name add_shelf
prisma --schema db/schema.prisma migrate deploy
prisma migrate deploy --schema=db/schema.prisma
npx prisma@5.10 migrate deploy
npx -y prisma migrate dev --skip-seed
npx --package=prisma prisma migrate deploy
npx --yes -p prisma -- prisma migrate deploy
npx -c 'prisma migrate deploy'
npm exec -- prisma migrate deploy
npm exec prisma migrate deploy
npm x -y prisma migrate deploy
pnpm prisma migrate deploy
pnpm exec prisma migrate deploy
pnpm dlx prisma migrate deploy
pnpm --filter api exec prisma migrate deploy
pnpm -C apps/api exec prisma migrate deploy
yarn prisma migrate deploy
yarn run prisma migrate deploy
yarn dlx prisma migrate deploy
yarn exec prisma migrate deploy
yarn workspace api prisma migrate deploy
bunx prisma migrate deploy
bunx --bun prisma migrate dev
bun x prisma migrate deploy
bun run prisma migrate deploy
deno run -A npm:prisma@5 migrate deploy
zenstack migrate deploy
wasp db migrate-dev
yarn rw prisma migrate dev
keystone prisma migrate deploy
keystone start --with-migrations
drizzle-kit migrate
npx drizzle-kit@0.20.4 migrate --config drizzle.prod.config.ts
knex migrate:latest
knex --knexfile db/knexfile.js --env production migrate:latest
knex migrate:up 001_init.js
sequelize db:migrate
sequelize-cli db:migrate --env production --to 2024-add.js
npx sequelize-cli --url postgres://localhost/shop db:migrate
typeorm migration:run -d src/db.ts
typeorm-ts-node-commonjs migration:run -d src/db.ts
npx typeorm-ts-node-esm -d src/db.ts migration:run
mikro-orm migration:up
npx @mikro-orm/cli migration:up
kysely migrate:latest
kysely migrate latest
npx kysely-ctl migrate up
node-pg-migrate up
DATABASE_URL=postgres://localhost/shop npx node-pg-migrate -m db up
node-pg-migrate -f cfg.json up 3
db-migrate up
db-migrate -e production up:shop
graphile-migrate migrate
graphile-migrate -c gm.js watch --once
postgrator
postgrator 5
umzug up
ley up
migrate-mongo up
payload migrate
medusa db:migrate
medusa migrations run
directus database migrate:latest
directus bootstrap
ace migration:run --force
pg-migrations apply --database postgres://localhost/shop
rails db:migrate
bin/rails db:migrate
RAILS_ENV=production bundle exec rails db:migrate
DISABLE_DATABASE_ENVIRONMENT_CHECK=1 rails db:migrate VERSION=2024
rails db:migrate:primary
rails db:migrate:up VERSION=20240101
rails db:prepare
rails db:create db:migrate
rake db:migrate
bundle exec rake db:migrate RAILS_ENV=test
rake -f Rakefile --trace db:migrate
rake 'db:migrate[x]'
rails data:migrate
sequel -m db/migrate postgres://localhost/shop
sequel -m db/migrate -M 3 postgres://localhost/shop
hanami db migrate
bundle exec hanami db prepare
flyway migrate
flyway -url=jdbc:postgresql://localhost/shop -user=shop migrate
flyway info migrate
flyway -configFiles=prod.conf migrate info
liquibase update
liquibase --url=jdbc:postgresql://localhost/shop --changelog-file=db.xml update
liquibase --changeLogFile=db.xml --url jdbc:x update
liquibase --defaults-file prod.properties update-count 3
liquibase updateCount 1
liquibase update-to-tag v1
liquibase updateTestingRollback
goose up
goose -dir db/migrations postgres "user=app dbname=shop" up
goose -dir db postgres $DATABASE_URL up-to 3
GOOSE_DRIVER=postgres goose -dir=db up-by-one
go run github.com/pressly/goose/v3/cmd/goose@latest -dir db postgres "$DSN" up
go tool goose up
sql-migrate up -env=production
migrate -path db -database postgres://localhost/shop up
migrate -source file://db -database $DATABASE_URL up 2
migrate -database $DATABASE_URL -path db goto 4
go run -tags postgres github.com/golang-migrate/migrate/v4/cmd/migrate@v4 -path db -database $DB up
dbmate up
dbmate -u postgres://localhost/shop --migrations-dir db migrate
dbmate --env-file .env.prod up
tern migrate
tern migrate --migrations db -c tern.conf
geni up
rambler apply --all
soda migrate
soda migrate up -e production
sqlx migrate run
sqlx migrate run --source db -D postgres://localhost/shop
sqlx mig run
sqlx database setup
cargo sqlx migrate run
diesel migration run
diesel --database-url postgres://localhost/shop migration run
diesel setup
sea-orm-cli migrate
sea-orm-cli migrate up -n 2
atlas migrate apply --url postgres://localhost/shop
atlas migrate apply --env prod 2
sqitch deploy
sqitch -C db deploy --to @v1 db:pg:shop
sqitch --engine pg deploy -t production
supabase db push
supabase --workdir api db push --include-all
supabase migration up
supabase migration up --local
hasura migrate apply
hasura --project graph migrate apply --database-name default
hasura migrate apply --all-databases --up 2
hasura migrate apply --version 1690
hasura deploy
pgroll start db/02.yaml
pgroll --postgres-url postgres://localhost/shop start db/02.yaml --complete
pgroll complete
pgroll migrate db
bytebase-action rollout --url https://bb.example.com
gh-ost --alter "ADD COLUMN x int" --database shop --table orders --execute
pt-online-schema-change --alter "ADD COLUMN x int" D=shop,t=orders --execute
phinx migrate -e production
vendor/bin/phinx migrate
doctrine-migrations migrate
bin/console doctrine:migrations:migrate --no-interaction
bin/console d:m:m -n
bin/console doctrine:migrations:execute 'Shop\\Version1' --up
artisan migrate
artisan migrate --force --step
artisan tenants:migrate
sail artisan migrate
bin/cake migrations migrate
yii migrate
yii migrate/up --interactive=0
drush updatedb -y
drush @prod updb
mix ecto.migrate
mix ecto.setup
MIX_ENV=prod mix ecto.migrate --migrations-path priv/repo/extra
mix do ecto.create, ecto.migrate
mix do deps.get + ecto.migrate
mix ash.migrate
mix eval "Shop.Release.migrate()"
dotnet ef database update
dotnet ef database update Init -p src/Data -s src/Api
dotnet-ef database update --connection "Host=localhost"
dotnet tool run dotnet-ef database update
./efbundle --connection "Host=localhost"
mvn flyway:migrate
./mvnw -Pprod -q flyway:migrate
mvn org.flywaydb:flyway-maven-plugin:10.1.0:migrate -Dflyway.url=jdbc:x
mvn liquibase:update
gradle flywayMigrate
./gradlew :api:flywayMigrate -i
sbt flywayMigrate
sbt "project/flywayMigrate"
lein migratus migrate
lein with-profile prod migratus migrate
schemachange deploy --config-folder .
schemachange -f migrations
grate --connectionstring="Host=localhost" --files=./db
gel migrate
edgedb -I shop migration apply
wrangler d1 migrations apply shop --remote
wrangler d1 migrations apply shop --local
npx wrangler d1 migrations apply shop
uv run alembic upgrade head
uv run --env-file .env --with psycopg alembic upgrade head
uv run --directory api --extra db alembic upgrade head
uvx alembic upgrade head
uvx --from alembic alembic upgrade head
uv tool run alembic@1.13 upgrade head
poetry run alembic upgrade head
poetry -C api run alembic upgrade head
pdm run alembic upgrade head
hatch run alembic upgrade head
hatch -e dev run alembic upgrade head
rye run alembic upgrade head
pipenv run alembic upgrade head
pixi run alembic upgrade head
pipx run alembic upgrade head
conda run -n shop alembic upgrade head
micromamba run -n shop --cwd api alembic upgrade head
doppler run -- alembic upgrade head
doppler run -p shop -c prd -- alembic upgrade head
doppler run --command="alembic upgrade head && echo done"
op run --env-file=.env -- alembic upgrade head
infisical run --env=prod -- npx prisma migrate deploy
infisical run --command "npx prisma migrate deploy"
chamber exec shop shop-db -- alembic upgrade head
aws-vault exec prod -- alembic upgrade head
aws-vault exec -d 1h prod -- alembic upgrade head
envdir env/ alembic upgrade head
direnv exec . alembic upgrade head
dotenv -e .env.prod -- prisma migrate deploy
dotenv -f .env run -- alembic upgrade head
dotenv -f .env run alembic upgrade head
dotenvx run -f .env.production -- npx prisma migrate deploy
env-cmd -f .env npx prisma migrate deploy
npx dotenv-cli -e .env -- prisma migrate deploy
sops exec-env secrets.yaml 'alembic upgrade head'
teller run -- alembic upgrade head
summon -f secrets.yml alembic upgrade head
honcho run alembic upgrade head
foreman run -e .env rails db:migrate
overmind run rails db:migrate
kamal app exec 'bin/rails db:migrate'
kamal app exec --reuse -i "bin/rails db:migrate"
nix-shell -p dbmate --run 'dbmate up'
nix develop -c alembic upgrade head
nix develop .#dev --command alembic upgrade head
nix run nixpkgs#dbmate -- up
devbox run -- dbmate up
mise exec -- alembic upgrade head
mise x node@20 -- npx prisma migrate deploy
asdf exec rails db:migrate
rbenv exec bundle exec rails db:migrate
pyenv exec alembic upgrade head
rvm 3.2 do bundle exec rake db:migrate
volta run --node 20 npx prisma migrate deploy
fnm exec --using=20 npx prisma migrate deploy
nvm exec 20 npx prisma migrate deploy
railway run npx prisma migrate deploy
symfony console doctrine:migrations:migrate
refinery migrate -c refinery.toml -p sql
craft migrate/all
bench --site shop.local migrate
ckan -c ckan.ini db upgrade
pgmigrate -t latest migrate
evolve migrate postgresql -c x
pyway migrate
corepack pnpm prisma migrate deploy
nlx prisma migrate deploy
spring rails db:migrate
dip rails db:migrate
ddev exec alembic upgrade head
ddev exec "alembic upgrade head"
ddev artisan migrate
lando drush updb
dokku run shop rails db:migrate
gitlab-rake db:migrate
ts-migrate-mongoose up
gradle :db:update -PrunList=main
composer exec -- phinx migrate
composer exec phinx migrate
nohup uv run alembic upgrade head &
timeout 60 bash -c 'cd api && alembic upgrade head'
""",
    "revert-migration": """
alembic downgrade base
alembic downgrade -1
alembic -c alembic.ini downgrade ae10
flask db downgrade
flask --app shop db downgrade base
superset db downgrade
django-admin migrate catalog zero
aerich downgrade -v 3
piccolo migrations backwards shop 2024
pem rollback --steps 2
yoyo rollback -d postgresql://localhost/shop
yoyo reapply -d postgresql://localhost/shop
prisma migrate down
knex migrate:rollback --all
knex migrate:down
sequelize db:migrate:undo
typeorm migration:revert -d src/db.ts
mikro-orm migration:down
kysely migrate:down
node-pg-migrate down 2
node-pg-migrate redo
db-migrate down -c 2
db-migrate reset
umzug down --to 0
migrate-mongo down
payload migrate:down
medusa db:rollback shop
directus database migrate:down
ace migration:rollback
rails db:rollback
rails db:rollback STEP=3
rails db:migrate:redo
rails db:migrate:down VERSION=1
rake db:rollback
hanami db rollback
flyway undo
liquibase rollback v1
liquibase rollback-count 2
liquibase rollbackCount 2
liquibase rollback-to-date 2024-01-01
goose down
goose -dir db postgres "$DSN" down-to 0
goose -dir db postgres "$DSN" redo
goose -dir db postgres "$DSN" reset
sql-migrate down -limit=0
migrate -path db -database $DB down 1
migrate -path db -database $DB down -all
dbmate rollback
dbmate down
geni down
rambler reverse
soda migrate down
sqlx migrate revert
diesel migration revert
diesel migration redo
sea-orm-cli migrate down
atlas migrate down --url postgres://localhost/shop
sqitch revert
sqitch revert --to @HEAD^ -y
sqitch rebase --onto @v1
sqitch checkout feature
supabase migration down --last 1
hasura migrate apply --down 1
hasura migrate apply --version 1690 --type down --down all
pgroll rollback
phinx rollback -t 0
bin/console doctrine:migrations:execute 'Shop\\Version1' --down
artisan migrate:rollback --step=2
bin/cake migrations rollback
yii migrate/down 1
mix ecto.rollback
mix ecto.rollback -n 3
mix eval "Shop.Release.rollback(Shop.Repo, 1)"
dotnet ef migrations remove --force
mvn flyway:undo
mvn liquibase:rollback -Dliquibase.rollbackCount=1
lein migratus rollback
""",
    "reset-database": """
django-admin flush --noinput
django-admin reset_db
airflow db reset -y
litestar database drop-all
prisma migrate reset
npx prisma migrate reset --force --skip-seed
prisma db push --force-reset
zenstack migrate reset
wasp db reset
keystone dev --reset-db
sequelize db:migrate:undo:all
typeorm schema:drop -d src/db.ts
mikro-orm migration:fresh --seed
mikro-orm schema:drop -r
mikro-orm schema:fresh --run
graphile-migrate reset --erase
payload migrate:fresh
payload migrate:reset
strapi import -f export.tar.gz
strapi transfer --to https://shop.example.com/admin
ace migration:fresh
ace db:wipe
rails db:reset
rails db:setup
rails db:schema:load
rails db:truncate_all
rails db:seed:replant
rails db:migrate:reset
RAILS_ENV=test rake db:reset
rake db:fixtures:load
hanami db reset
flyway clean
flyway clean migrate
flyway -cleanDisabled=false clean
liquibase drop-all
liquibase dropAll
liquibase --url=jdbc:x drop-all --force
migrate -path db -database $DB drop -f
sqlx database reset -y
diesel database reset
sea-orm-cli migrate fresh
sea-orm-cli migrate refresh
atlas schema clean -u postgres://localhost/shop
supabase db reset
supabase db reset --linked
edgedb database wipe shop
encore db reset
soda reset
grate --drop --connectionstring=x
bin/console doctrine:schema:drop --force
bin/console doctrine:fixtures:load -n
bin/console d:s:d --force
artisan migrate:fresh
artisan migrate:fresh --seed --force
artisan migrate:refresh
artisan migrate:reset
artisan migrate:fr
artisan db:wipe
spark migrate:refresh
yii migrate/fresh
wp db reset --yes
wp db clean --yes
wp --path=/srv/www site empty --yes
drush sql-drop -y
drush sql:create
drush site:install minimal -y
mix ecto.reset
mix ash.reset
mvn flyway:clean
mvn liquibase:dropAll
gradle flywayClean
lein migratus reset
dotnet fm rollback all -c x
""",
    "destroy-database": """
rails db:drop
rails db:drop:all
rails db:drop db:create
rake db:drop
hanami db drop
dbmate drop
geni drop
soda drop -a
sqlx database drop -y
sqlx db drop
diesel database drop
prisma db drop
sequelize db:drop
typeorm-extension db:drop
db-migrate db:drop shop
bin/console doctrine:database:drop --force
mix ecto.drop
mix do ecto.drop + ecto.create
dotnet ef database drop -f
wp db drop --yes
bench drop-site shop.local
dokku postgres:destroy shop
edgedb database drop shop
pipenv run dropdb shop
pdm run dropdb shop
""",
    "push-schema": """
prisma db push
prisma db push --accept-data-loss
zenstack db push
drizzle-kit push
drizzle-kit push:pg
npx drizzle-kit push --force
npx drizzle-kit push --config=drizzle.config.ts --strict
typeorm schema:sync -d src/db.ts
mikro-orm schema:update --run
mikro-orm schema:create -r
atlas schema apply -u postgres://localhost/shop --to file://schema.hcl
atlas schema apply --env prod --auto-approve
bin/console doctrine:schema:update --force
bin/console d:s:u -f
vendor/bin/doctrine orm:schema:update --force
skeema push
skeema push production --allow-unsafe
psqldef -U app shop -f schema.sql
psqldef -h db shop < schema.sql
mysqldef -uroot shop --file schema.sql
sqlite3def shop.db --file schema.sql
ridgepole -c config/database.yml --apply
medusa db:sync-links
directus schema apply snapshot.yaml
pg-schema-diff apply --dsn postgres://localhost/shop --schema-dir schema
""",
    "stamp-migration": """
alembic stamp head
alembic -c alembic.ini stamp --purge base
flask db stamp head
django-admin migrate catalog --fake
django-admin migrate --fake-initial
django-admin migrate --fake catalog zero
prisma migrate resolve --applied 2024_init
prisma migrate resolve --rolled-back 2024_init
typeorm migration:run --fake -d src/db.ts
node-pg-migrate up --fake
migrate -path db -database $DB force 3
sql-migrate skip
atlas migrate set 2024
sqitch deploy --log-only
flyway repair
flyway baseline -baselineVersion=1
liquibase changelog-sync
liquibase changelogSync
liquibase tag v1
liquibase clear-checksums
liquibase mark-next-changeset-ran
supabase migration repair 2024 --status reverted
hasura migrate apply --skip-execution
hasura migrate delete --all --server
phinx breakpoint -e dev
bin/console doctrine:migrations:version --add --all
bin/console doctrine:migrations:rollup
rails db:environment:set RAILS_ENV=development
yoyo mark -d x
aerich upgrade --fake
pgroll baseline 01
mvn flyway:repair
yii migrate/mark m1
""",
    "seed-database": """
prisma db seed
rails db:seed
rake db:seed
knex seed:run
sequelize db:seed:all
sequelize db:seed --seed demo.js
sequelize db:seed:undo:all
mikro-orm seeder:run
kysely seed:run
artisan db:seed
artisan db:seed --class=Demo --force
phinx seed:run
django-admin loaddata demo.json
django-admin createsuperuser --noinput
hasura seed apply
hanami db seed
bin/console doctrine:fixtures:load --append -n
mix run priv/repo/seeds.exs
medusa seed -f seed.json
convex import --table orders orders.jsonl
""",
    "load-schema": """
dbmate load
rails db:test:prepare
mix ecto.load
wp db import dump.sql
hanami db structure load
soda schema load
mikro-orm database:import dump.sql
""",
    "create-tool-tables": """
alembic ensure_version
artisan migrate:install
bin/console doctrine:schema:create
pgroll init
directus database install
sqitch upgrade
django-admin createcachetable
""",
    "unlock-migrations": """
knex migrate:unlock
liquibase release-locks
liquibase releaseLocks
yoyo break-lock -d x
""",
    "run-models": """
dbt run
dbt build
dbt run --full-refresh -s orders+
dbt seed
dbt snapshot
dbt --profiles-dir . --target prod run
dbt run-operation drop_old
uv run dbt build
sqlmesh plan prod
sqlmesh run
""",
    "apply-metadata": """
hasura metadata apply
hasura md apply
hasura metadata inconsistency drop
""",
    "clear-metadata": """
hasura metadata clear
hasura md clear
""",
    "prune-records": """
artisan model:prune
pt-archiver --source h=x,D=shop,t=orders --where 1=1 --purge
airflow db clean --clean-before-timestamp 2024-01-01
drush entity:delete node
""",
    "rewrite-records": """
wp search-replace a b
drush sql:sanitize -y
""",
    "destroy-cloud-database": """
supabase projects delete abc
supabase branches delete dev
turso db destroy shop --yes
turso group destroy default
atlas clusters delete shop --force
wrangler d1 delete shop -y
wrangler kv namespace delete --namespace-id x
railway volume delete --volume pgdata
""",
    "destroy-volume": """
supabase stop --no-backup
ddev delete -O shop
sail down -v
""",
    "restore-over-database": """
wrangler d1 time-travel restore shop --timestamp 1
drush sql:sync @prod @self
convex import --replace dump.zip
ddev import-db --file=dump.sql
django-admin dbrestore
""",
    "unread-command": """
alembic $COMMAND
alembic "$COMMAND" head
alembic "$1" head
prisma migrate $ACTION
knex migrate:$DIRECTION
flyway $COMMAND
rails db:$TASK
liquibase $CMD
goose -dir db postgres "$DSN" "$COMMAND"
dbmate ${COMMAND}
""",
    "unread-task": """
make migrate
make -C api db-reset
make -j4 reset-db
npm run migrate
npm run db:reset
npm run db:push
npm run prisma:migrate
npm --prefix api run migrate
npm run migrate --workspace api
npm -w api run migrate
pnpm db:reset
pnpm run db:drop
pnpm -r run migrate
pnpm -F api migrate
yarn migrate
yarn db:wipe
yarn workspace api migrate
yarn workspaces foreach -A run migrate
bun run db:reset
deno task migrate
just migrate
just db-reset
task db:migrate
poe migrate
pdm run migrate
poetry run migrate
poetry run reset-db
hatch run db:reset
pipenv run migrate
uv run migrate
composer migrate
composer run-script db:reset
rake shop:migrate
rake db:nuke
rails users:migrate
django-admin reset_catalog_db
flask drop-db
flask reset-database
flask migrate
artisan shop:migrate
invoke migrate
inv db.reset
fab -H web1 migrate
nx run api:migrate
nx run-many -t migrate
turbo run db:push
turbo run migrate --filter=api
lerna run migrate
./gradlew migrateDb
sbt migrate
mise run db:reset
devbox run migrate
cargo run --bin migrate
cargo run -p migration -- up
cargo run -- db migrate
cargo make db-reset
go run . migrate
go run main.go db reset
go run cmd/app/main.go migrate up
liquibase flow
lein db-reset
gulp db:reset
grunt migrate
ant migrate
mage db:reset
cap production deploy:migrate
earthly +migrate
bazel run //db:migrate
moon run api:migrate
run-s build db:reset
npm-run-all db:reset build
nr migrate
""",
    "delete-all-records": """
mix run -e 'Shop.Repo.delete_all(Shop.Order)'
""",
    "unread-program": """
mix run -e 'Shop.Repo.delete_all(from o in Shop.Order, where: o.id == 1)'
go run ./cmd/migrate
go run ./cmd/migrate up
mix run -e 'Shop.Repo.query!("select 1")'
""",
    "drop-table": """
typeorm query "DROP TABLE orders" -d src/db.ts
kysely sql "drop table orders"
turso db shell shop "drop table orders"
wrangler d1 execute shop --command "drop table orders"
wrangler d1 execute shop --remote --command="drop table orders"
liquibase execute-sql --sql="drop table orders"
echo "drop table orders" | prisma db execute --stdin --schema s.prisma
echo "drop table orders" | django-admin dbshell
django-admin dbshell -- -c 'drop table orders'
echo 'drop table orders' | rails dbconsole
rails db -p <<< 'drop table orders'
wp db query 'drop table orders'
echo 'drop table orders' | wp db query
echo 'drop table orders' | artisan db
drush sqlq 'drop table orders'
supabase db query "drop table orders"
drush sql:query "drop table orders"
bin/console dbal:run-sql "drop table orders"
bin/console doctrine:query:sql "drop table orders"
sail psql -c 'drop table orders'
pipenv run psql -c 'drop table orders'
dotenv -e .env -- psql -c 'drop table orders'
poetry run psql -c 'drop table orders'
kamal app exec "psql -c 'drop table orders'"
""",
    "unread-sql": """
prisma db execute --file missing.sql --schema s.prisma
wrangler d1 execute shop --file missing.sql
liquibase execute-sql --sql-file=missing.sql
graphile-migrate run missing.sql
curl -s https://example.com/x.sql | prisma db execute --stdin
alembic upgrade head --sql | psql shop
django-admin sqlflush | psql shop
django-admin sqlmigrate catalog 3 | psql
prisma migrate diff --from-empty --to-schema-datamodel s.prisma --script | psql shop
migra postgresql:///a postgresql:///b | psql a
liquibase update-sql | psql shop
mvn sql:execute
""",
    "": """
alembic
gulp build
grunt
ant test
cap production deploy
earthly +build
bazel build //db:migrate
bazel run //web:server
moon run web:build
run-s lint test
npm-run-all --parallel watch:*
bench start
ckan db version
pgmigrate info
evolve info
ddev start
ddev exec ls
lando start
dokku apps:list
dokku run shop rails routes
pt-archiver --source h=x --where 1=1 --purge --dry-run
symfony server:start
bin/console doctrine:migrations:up-to-date
bin/console doctrine:migrations:latest
bin/console doctrine:mapping:info
artisan db:show
artisan db:table users
artisan migrate:generate
alembic --help
alembic --version
alembic upgrade --help
alembic upgrade head --sql
alembic upgrade ae10:head --sql > up.sql
alembic downgrade head:base --sql
alembic stamp head --sql
alembic revision -m 'upgrade'
alembic revision --autogenerate -m "drop shelf"
alembic -c db/alembic.ini revision --autogenerate -m upgrade
alembic revision -m "$MESSAGE"
alembic history
alembic history -r base:head --verbose
alembic current
alembic heads --verbose
alembic branches
alembic show head
alembic check
alembic merge -m upgrade a b
alembic edit head
alembic init migrations
alembic list_templates
flask db migrate -m upgrade
flask db revision
flask db history
flask db current
flask db init
flask db upgrade --sql
flask --app shop run
flask routes
flask shell
django-admin migrate --plan
django-admin migrate --check
django-admin showmigrations
django-admin makemigrations
django-admin makemigrations --check --dry-run
django-admin sqlmigrate catalog 0003
django-admin sqlflush
django-admin squashmigrations catalog 0003
django-admin dumpdata catalog
django-admin test --keepdb
django-admin runserver
django-admin collectstatic --noinput
django-admin createsuperuser
django-admin help migrate
django-admin migrate --help
django-admin startapp migrate
django-admin inspectdb
aerich migrate --name drop_shelf
aerich history
aerich init -t shop.conf
piccolo migrations new shop --auto
piccolo migrations check
piccolo migrations forwards all --preview
yoyo list -d x
yoyo new -m drop
prisma generate
prisma validate
prisma format
prisma studio
prisma migrate status
prisma migrate diff --from-empty --to-schema-datamodel s.prisma --script
prisma migrate dev --create-only --name drop
prisma db pull
prisma migrate --help
npx prisma --version
npx prisma
drizzle-kit generate
drizzle-kit generate --name push
drizzle-kit check
drizzle-kit up
drizzle-kit studio
drizzle-kit introspect
drizzle-kit export
knex migrate:make drop_shelf
knex migrate:list
knex migrate:status
knex migrate:currentVersion
knex seed:make demo
knex init
sequelize migration:generate --name drop
sequelize db:migrate:status
sequelize db:create
sequelize model:generate --name Shelf
sequelize init
typeorm migration:generate src/m/Drop -d src/db.ts
typeorm migration:create src/m/Drop
typeorm migration:show -d src/db.ts
typeorm schema:log -d src/db.ts
typeorm query "SELECT 1" -d src/db.ts
typeorm cache:clear
mikro-orm migration:create
mikro-orm migration:list
mikro-orm migration:pending
mikro-orm schema:update --dump
mikro-orm schema:drop
mikro-orm debug
kysely migrate:list
kysely migrate:make drop
kysely sql "select 1"
node-pg-migrate create drop shelf
node-pg-migrate up --dry-run
db-migrate create drop-shelf
db-migrate check
db-migrate up --dry-run
graphile-migrate status
graphile-migrate commit
graphile-migrate compile
postgrator --help
migrate-mongo status
migrate-mongo create drop
payload migrate:create drop
payload migrate:status
payload generate:types
medusa develop
strapi develop
strapi export
strapi build
directus start
directus schema snapshot out.yaml
directus schema apply --dry-run out.yaml
ace migration:status
ace make:migration drops
ace migration:run --dry-run
rails generate migration DropShelves
pg-schema-diff plan --from-dsn x --to-dir schema
refinery setup
symfony console cache:clear
rails g migration db:migrate
rails db:migrate:status
rails db:version
rails db:create
rails db:schema:dump
rails db:schema:cache:dump
rails db:abort_if_pending_migrations
rails db:migrate:status:primary
rails routes
rails server
rails test
rails test test/models/migrate_test.rb
rails console
rails -T
rails -T db
rails destroy migration DropShelves
rails assets:precompile
rails --help
rake -T
rake -n db:migrate
rake --dry-run db:drop
rake test
rake -P
rake assets:precompile
sequel -D postgres://localhost/shop
hanami db version
hanami db create
hanami generate migration drop
hanami server
flyway info
flyway validate
flyway -url=jdbc:x info
flyway help migrate
flyway migrate -dryRunOutput=out.sql
flyway -?
flyway --version
liquibase status
liquibase status --verbose
liquibase update-sql
liquibase updateSQL
liquibase rollback-sql v1
liquibase rollback-count-sql 1
liquibase future-rollback-sql
liquibase validate
liquibase history
liquibase diff
liquibase diff-changelog
liquibase generate-changelog
liquibase list-locks
liquibase --help
liquibase update --help
liquibase changelog-sync-sql
goose create up_shelf sql
goose -dir db create drop sql
goose -dir db postgres "$DSN" status
goose -dir db postgres "$DSN" version
goose fix
goose validate
goose -version
sql-migrate status
sql-migrate new drop
sql-migrate up -dryrun
migrate create -ext sql -dir db -seq drop
migrate -path db -database $DB version
migrate -help
migrate -version
dbmate new drop
dbmate status
dbmate dump
dbmate wait
dbmate create
dbmate --help
tern new drop
tern status
tern gengen
geni status
rambler apply --dry-run
soda generate sql drop
soda migrate status
soda create -a
sqlx migrate add drop
sqlx migrate info
sqlx migrate run --dry-run
sqlx database create
sqlx prepare
cargo sqlx prepare --check
cargo sqlx migrate add drop
diesel migration generate drop
diesel migration list
diesel migration pending
diesel print-schema
sea-orm-cli migrate status
sea-orm-cli migrate generate drop
sea-orm-cli generate entity
atlas migrate diff drop --env local
atlas migrate lint --env local --latest 1
atlas migrate status --env prod
atlas migrate hash
atlas migrate new drop
atlas migrate apply --dry-run --env prod
atlas schema inspect -u postgres://localhost/shop
atlas schema diff --from a --to b
atlas schema apply --dry-run --env prod
atlas version
sqitch add drop -n 'revert it'
sqitch status
sqitch log
sqitch verify
sqitch plan
sqitch init shop --engine pg
sqitch config user.name x
sqitch help deploy
supabase start
supabase db query 'select 1'
supabase stop
supabase status
supabase db diff -f drop
supabase db dump -f out.sql
supabase db lint
supabase db pull
supabase db push --dry-run
supabase migration list
supabase migration new reset
supabase migration squash
supabase gen types typescript --local
supabase functions deploy
supabase projects list
supabase test db
hasura migrate create drop
hasura migrate status
hasura migrate squash --from 1
hasura migrate apply --dry-run
hasura metadata export
hasura metadata diff
hasura metadata reload
hasura metadata apply --dry-run
hasura console
pgroll status
pgroll latest
pgroll pull out
migra postgresql:///a postgresql:///b
gh-ost --alter "ADD COLUMN x int" --database shop --table orders
pt-online-schema-change --alter "ADD COLUMN x int" D=shop,t=orders --dry-run
pt-online-schema-change --alter "x" D=shop,t=orders
phinx create Drop
phinx status -e dev
phinx migrate --dry-run
phinx rollback -x
bin/console doctrine:migrations:diff
bin/console doctrine:migrations:generate
bin/console doctrine:migrations:status
bin/console d:m:st
bin/console doctrine:migrations:migrate --dry-run
bin/console doctrine:migrations:migrate --write-sql
bin/console doctrine:schema:update --dump-sql
bin/console doctrine:schema:drop --dump-sql
bin/console doctrine:schema:validate
bin/console doctrine:database:create
bin/console cache:clear
bin/console dbal:run-sql "SELECT 1"
bin/console debug:router
bin/console make:migration
artisan migrate:status
artisan migrate --pretend
artisan migrate:rollback --pretend
artisan make:migration drop_shelves
artisan schema:dump
artisan cache:clear
artisan route:list
artisan queue:flush
artisan serve
artisan test
artisan tinker
artisan migrate --help
artisan model:prune --pretend
bin/cake migrations status
bin/cake bake migration DropShelves
yii serve
wp db export out.sql
wp db size
wp db tables
wp db query 'SELECT 1'
wp db check
wp plugin list
wp search-replace a b --dry-run
drush status
drush cr
drush sql:dump
drush updatedb:status
drush sqlq 'select 1'
mix test
mix ecto.gen.migration drop
mix ecto.migrations
mix ecto.create
mix ecto.dump
mix deps.get
mix phx.server
mix compile
mix format
mix run -e 'IO.puts("hi")'
dotnet ef migrations add Drop
dotnet ef migrations list
dotnet ef migrations script
dotnet ef migrations remove
dotnet ef dbcontext info
dotnet ef database drop --dry-run
dotnet ef database --help
dotnet build
dotnet test
dotnet run
mvn clean install
mvn flyway:info
mvn flyway:validate
mvn liquibase:status
mvn liquibase:updateSQL
mvn -q test
./gradlew build
./gradlew clean test
./gradlew flywayInfo
./gradlew update
./gradlew tag
./gradlew flywayMigrate --dry-run
./gradlew $TASK
sbt test
sbt clean compile
lein test
lein migratus create drop
lein run
dbt compile
dbt test
dbt parse
dbt ls
dbt docs generate
dbt deps
dbt debug
dbt source freshness
dbt show -s orders
sqlmesh lint
schemachange render x.sql
schemachange deploy --dry-run
skeema diff
skeema pull
skeema lint
skeema push --dry-run
psqldef -U app shop --dry-run -f schema.sql
psqldef -U app shop --export
psqldef --help
gel migration create
gel query 'select 1'
wrangler d1 migrations list shop
wrangler d1 migrations create shop drop
wrangler d1 export shop --output out.sql
wrangler d1 execute shop --command 'select 1'
wrangler dev
wrangler deploy
turso db list
turso db shell shop 'select 1'
turso db show shop
convex dev
convex deploy
convex export
keystone dev
keystone build
wasp start
encore run
make
make test
make build lint
make -n migrate
make --dry-run db-reset
make help
make -j8
make docs
npm test
npm t
npm ci
npm install
npm install --save-dev prisma
npm run
npm run build
npm run lint -- --fix
npm run migrate:status
npm run db:migrate:status
npm start
npm publish
npm init -y
npm run generate:migration
npm run docker:build
npm view prisma
npm run test:unit
pnpm install
pnpm add prisma
pnpm test
pnpm -r build
pnpm dev
pnpm audit
yarn
yarn install
yarn add -D drizzle-kit
yarn build
yarn test
yarn why prisma
bun install
bun test
bun add prisma
npx eslint .
npx tsc --noEmit
npx -y create-next-app@latest shop
npx jest -t 'drops the database'
npx prettier --write db/migrate.ts
pnpm dlx degit a/b
bunx cowsay drop
just
just --list
just test
just -n db-reset
task
task --list
task build
task add "migrate the db"
poetry install
poetry add alembic
poetry run pytest -k migrate
poetry run ruff check .
pdm run pytest
hatch run test:cov
hatch build
uv sync
uv add alembic
uv run pytest tests/test_migrate.py
uv run ruff check
uv pip install alembic
uvx ruff check
uv lock
pipenv install
pipx install alembic
conda install psycopg2
conda run -n shop pytest
tox -e py311
nox -s tests
bundle install
bundle exec rspec spec/migrate_spec.rb
bundle exec rubocop
bundle update rails
composer install
composer require doctrine/migrations
composer test
composer dump-autoload
cargo build
cargo test migrate
cargo run
cargo run --release
cargo run -- --port 3000
cargo add sqlx
cargo fmt
cargo make build
go build ./...
go test ./... -run Migrate
go run .
go run ./cmd/server
go run main.go serve
go mod tidy
go get github.com/pressly/goose/v3
go vet ./...
inv test
invoke --list
fab deploy
nx run api:build
nx migrate latest
nx test api
turbo run build --filter=web
lerna run build
overmind start
foreman start
honcho start
doppler run -- npm start
doppler secrets
op run -- npm test
op item list
aws-vault exec prod -- aws s3 ls
aws-vault list
chamber list shop
direnv allow
dotenv -e .env -- npm start
heroku ps
kamal deploy
kamal app logs
nix build
nix develop
nix-shell
devbox shell
mise install
mise exec -- node -v
asdf install
nvm use 20
rbenv install 3.2
pyenv versions
railway up
railway logs
echo alembic upgrade head
grep -rn "alembic upgrade" docs
git commit -m "run rails db:drop"
""",
}


# (files, command, rule id or "" for nothing): what a task is called says nothing where its definition can be read.
PACKAGE = {
    "package.json": """{"name": "shop", "scripts": {
        "migrate": "prisma migrate deploy",
        "migrate:docs": "cpx docs/old docs/new",
        "migrate:latest": "echo nothing to do",
        "db": "prisma",
        "test": "vitest run",
        "build": "tsc -b",
        "prebuild": "npm run gen",
        "gen": "prisma generate",
        "pretest": "knex migrate:latest --env test",
        "deploy": "npm run build && npm run migrate",
        "start": "node server.js",
        "sql": "psql shop -c",
        "reset": "dropdb shop; createdb shop"
    }}""",
    "apps/api/package.json": """{"scripts": {"migrate": "knex migrate:latest", "lint": "eslint ."}}""",
}
MAKEFILE = {
    "Makefile": """
SHELL := /bin/bash
ALEMBIC ?= poetry run alembic
DB_URL := $(shell cat .env)
VERB = upgrade
.PHONY: all test migrate
all: lint test

lint: ; ruff check .
test: lint
\tpytest -q
\t# alembic upgrade head
migrate: lint
\t@$(ALEMBIC) $(VERB) head
down:
\t-@${ALEMBIC} \\
\t    downgrade -1
deploy: build migrate
build:
\tdocker build -t shop .
docs-migrate:
\t@echo "run make migrate"
db-%:
\t./tools/db.sh $*
\tdbmate $*
nested:
\t$(MAKE) migrate
ifdef CI
ci:
\tpsql shop -c 'drop table orders'
endif
define WIPE
psql shop -c 'truncate orders'
endef
wipe:
\t$(WIPE)
args:
\talembic $(ARGS)
foreign:
\tpsql shop -c "$$SQL_TEXT"
listed: VERB = history
listed:
\techo $(VERB)
sql:
\tpsql shop <<< "select 1"
""",
    "db/Makefile": "reset:\n\tdropdb shop\nshow:\n\tdbmate status\ninclude gone.mk\n",
    "other.mk": "go:\n\trails db:migrate\n",
}
JUSTFILE = {
    "justfile": """
set dotenv-load
db := "shop"
export PGHOST := "localhost"
alias m := migrate

# default
default: lint

lint:
    ruff check .

[confirm]
migrate target="head": lint
    @alembic upgrade {{target}}

sql *args:
    psql {{db}} -c '{{args}}'

all: lint (migrate "head") && docs

docs:
    echo 'just migrate'

wipe:
    #!/usr/bin/env bash
    set -e
    for t in a b; do
        psql {{db}} -c "truncate $t"
    done

py:
    #!/usr/bin/env python3
    print('alembic upgrade head')

migrate-docs:
    cp -r docs/old docs/new
""",
}
TASKFILE = {
    "Taskfile.yml": """
version: '3'
vars:
  VERB: upgrade
tasks:
  default:
    cmds: [task: lint]
  lint: ruff check .
  db:migrate:
    desc: "alembic downgrade base"
    deps: [lint]
    cmds:
      - alembic {{.VERB}} head
  deploy:
    cmds:
      - task: db:migrate
  wipe:
    dir: db
    cmds:
      - cmd: |
          echo start
          psql shop -c 'truncate orders'
        silent: true
  migrate:
    cmds:
      - echo "nothing"
  list:
    - "npm test"
    - 'dbmate status'
  pass:
    cmds:
      - alembic {{.CLI_ARGS}}
""",
}
PYPROJECT = {
    "pyproject.toml": """
[project]
name = "shop"
[tool.poe.tasks]
migrate = "alembic upgrade head"
show = "alembic history"
both = ["show", "migrate"]
wipe = { shell = "psql shop -c 'truncate orders'", help = "alembic upgrade head" }
docs-migrate = {cmd = "cp a b", help = "alembic upgrade head"}
[tool.poe.tasks.multi]
help = "dropdb shop"
sequence = [
  "show",
  { cmd = "alembic upgrade head" },
]
[tool.pdm.scripts]
migrate = {cmd = "alembic upgrade head"}
db-reset = "echo no"
[tool.hatch.envs.default.scripts]
migrate = "alembic upgrade head"
fresh = ["migrate", "pytest"]
migrate-docs = "cp a b"
[tool.hatch.envs.db.scripts]
reset = "dropdb shop"
[tool.rye.scripts]
up = { chain = ["lint", "mig"] }
lint = "ruff check"
mig = "alembic upgrade head"
[tool.taskipy.tasks]
migrate = "alembic upgrade head"
db_reset = "echo no"
""",
    "Pipfile": '[scripts]\nmigrate = "python manage.py migrate"\nshow = "alembic history"\n',
    "pixi.toml": '[tasks]\nmigrate = {cmd = "alembic upgrade head"}\nlint = "ruff check"\n',
    "mise.toml": '[tasks]\nlint = "ruff check"\n[tasks.migrate]\nrun = ["echo a", "alembic upgrade head"]\n',
    "composer.json": """{"scripts": {"migrate": "@php artisan migrate", "docs": "echo artisan migrate",
        "db-reset": ["echo a"],
        "all": ["@docs", "@migrate"], "post-install-cmd": "artisan migrate"}}""",
    "Procfile": "web: rails server\nrelease: alembic upgrade head\n",
    "deno.json": """{"tasks": {"migrate": "psql shop -f up.sql", "db:reset": "echo no"}}""",
    "devbox.json": """{"shell": {"scripts": {"migrate": ["echo a", "dbmate up"], "db-reset": "echo no"}}}""",
    "up.sql": "drop table orders;\n",
    "build.gradle": "plugins { id 'org.liquibase.gradle' version '2' }\n",
}
DEFINITIONS = [
    (
        PACKAGE,
        """
run-migration | npm run migrate
run-migration | npm run-script migrate
run-migration | npm run deploy
run-migration | npm run --silent migrate
run-migration | yarn migrate
run-migration | yarn run migrate
run-migration | pnpm migrate
run-migration | pnpm run migrate
run-migration | bun run migrate
run-migration | bun migrate
run-migration | npm test
run-migration | npm t
run-migration | npm run db -- migrate deploy
run-migration | npm run db migrate deploy
run-migration | pnpm db migrate deploy
run-migration | yarn db migrate deploy
run-migration | cd apps && npm --prefix api run migrate
run-migration | npm --prefix apps/api run migrate
run-migration | npm run migrate --workspace api
run-migration | npm -w apps/api run migrate
run-migration | pnpm --filter api migrate
run-migration | pnpm --filter @shop/api run migrate
run-migration | pnpm -C apps/api run migrate
run-migration | yarn --cwd apps/api migrate
run-migration | yarn workspace api migrate
run-migration | cd src && npm run migrate
run-migration | pnpm prisma migrate deploy
run-migration | run-s build migrate
run-migration | npm-run-all 'migr*'
run-migration | yarn prisma migrate deploy
drop-table | npm run sql -- 'drop table orders'
drop-table | npm run sql "drop table orders"
destroy-database | npm run reset
 | npm run migrate:docs
 | npm run migrate:latest
 | npm run build
 | npm run gen
 | npm start
 | npm run db -- migrate status
 | pnpm build
 | yarn build
 | npm --prefix apps/api run lint
 | npm run sql -- 'select 1'
 | npm run missing
""",
    ),
    (
        MAKEFILE,
        """
run-migration | make migrate
run-migration | make -s migrate
run-migration | make -j4 deploy
run-migration | make deploy VERB=upgrade
run-migration | make nested
run-migration | make lint migrate
run-migration | gmake migrate
run-migration | make -f other.mk
run-migration | make -f other.mk go
run-migration | make --file=other.mk go
run-migration | make db-up
run-migration | make args ARGS='upgrade head'
run-migration | make ARGS="upgrade head" args
run-migration | make --eval='x: ; dbmate up' x
revert-migration | make down
revert-migration | make migrate VERB=downgrade
destroy-database | make -C db reset
destroy-database | cd db && make reset
destroy-database | make --directory=db reset
destroy-database | make -C db
drop-table | make ci
truncate-table | make wipe
unread-command | make args
unread-sql | make foreign
unread-task | make "$TARGET"
unread-task | make -C db migrate
 | make
 | make test
 | make all
 | make build
 | make docs-migrate
 | make -n migrate
 | make migrate --dry-run
 | make db-status
 | make listed
 | make sql
 | make args ARGS=history
 | make migrate VERB=history
 | make -C db show
 | make reset-db
""",
    ),
    (
        JUSTFILE,
        """
run-migration | just migrate
run-migration | just m
run-migration | just migrate +1
run-migration | just lint migrate
run-migration | just all
run-migration | just -f justfile migrate
run-migration | just --justfile justfile migrate
run-migration | just -c alembic upgrade head
truncate-table | just wipe
drop-table | just sql drop table orders
drop-table | just sql 'drop table orders'
drop-table | just db=x sql 'drop table orders'
unread-task | just "$RECIPE"
 | just
 | just lint
 | just docs
 | just py
 | just migrate-docs
 | just -n migrate
 | just --show migrate
 | just --list
 | just sql select 1
 | just db-reset
""",
    ),
    (
        TASKFILE,
        """
run-migration | task db:migrate
run-migration | task deploy
run-migration | task lint db:migrate
run-migration | task -t Taskfile.yml db:migrate
run-migration | task pass -- upgrade head
revert-migration | task db:migrate VERB=downgrade
truncate-table | task wipe
 | task
 | task lint
 | task migrate
 | task list
 | task --dry db:migrate
 | task pass -- history
 | task --summary db:migrate
 | task db:migrate VERB=history
""",
    ),
    (
        PYPROJECT,
        """
run-migration | poe migrate
run-migration | poetry run poe migrate
run-migration | uv run poe both
run-migration | poe multi
run-migration | pdm run migrate
run-migration | hatch run migrate
run-migration | hatch run fresh
run-migration | hatch run default:migrate
run-migration | rye run up
run-migration | task migrate
run-migration | pipenv run migrate
run-migration | pixi run migrate
run-migration | mise run migrate
run-migration | composer migrate
run-migration | composer run-script all
run-migration | devbox run migrate
run-migration | foreman start release
run-migration | overmind start -f Procfile
run-migration | ./gradlew update
run-migration | gradle :db:update
reset-database | gradle dropAll
drop-table | deno task migrate
destroy-database | hatch run db:reset
truncate-table | poe wipe
 | poe show
 | poe docs-migrate
 | pdm run db-reset
 | hatch run migrate-docs
 | rye run lint
 | task db_reset
 | pipenv run show
 | pixi run lint
 | mise run lint
 | composer docs
 | composer db-reset
 | composer install
 | deno task db:reset
 | devbox run db-reset
 | foreman start web
 | ./gradlew build
""",
    ),
]


def rows() -> list[tuple[str, str]]:
    return [(command, rule) for rule, text in COMMANDS.items() for command in text.strip().split("\n")]


def effects(command: str, folder: Path) -> list[str]:
    found = Judgement()
    judge.shell(command, Place(cwd=str(folder)), found)
    return [effect.rule.id for effect in found.effects]


@pytest.mark.parametrize(("command", "rule"), rows())
def test_command_has_the_effect(command: str, rule: str, tmp_path: Path) -> None:
    found = effects(command, tmp_path)
    assert (rule in found) if rule else not found


def definitions() -> list[tuple[dict[str, str], str, str]]:
    return [
        (files, command, rule)
        for files, table in DEFINITIONS
        for rule, _, command in (line.partition("| ") for line in table.strip("\n").split("\n"))
    ]


@pytest.mark.parametrize(
    ("files", "command", "rule"), definitions(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_definition_decides(files: dict[str, str], command: str, rule: str, tmp_path: Path) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "src").mkdir(exist_ok=True)
    found = effects(command, tmp_path)
    assert (rule.strip() in found) if rule.strip() else not found


def test_the_table_has_no_command_twice() -> None:
    commands = [command for command, _ in rows()]
    assert len(commands) == len(set(commands)) >= 400
