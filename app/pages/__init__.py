"""What people see in a browser. Law: a page asks and shows; it decides nothing about metal, money or validity."""
