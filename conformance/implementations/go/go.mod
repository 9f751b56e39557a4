module rollwire.example

go 1.19
