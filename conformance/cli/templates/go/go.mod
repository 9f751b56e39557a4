module rollwire-adapter

go 1.19
