"""What is there and what is missing, and what to do: it must work where other things do not.

So each of these modules imports what it looks at when it looks, and not before.
"""
