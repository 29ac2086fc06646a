"""`python -m svreport` is the command `svreport`."""

from svreport.cli import main

if __name__ == "__main__":
    main()
