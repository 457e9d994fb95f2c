"""The languages of what a viewer sees: its words, and how it writes numbers.

What the command line itself says is English.
"""
