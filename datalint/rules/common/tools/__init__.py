"""Tools that rows declare and call, in every dialect that trainers read."""
