"""The metal ledger. Law: metal moves only by pouring; nothing is lost, nothing made, nothing goes below zero.

Masses are whole grams and emissions whole grams of CO2e. Standard library only; every value is immutable.
"""
