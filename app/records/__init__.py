"""The tables, and the books opened for one unit of work. Law: the only room that speaks SQL.

Movements are append-only; balances are rows that the movements must agree with.
"""
