"""How fast svreport is: beside the scripts that an analyst would write for the same job, and by itself.

Nothing here is part of svreport, and nothing is timed in the tests.
"""
