go:
	rails db:migrate
