"""The files of a folder of outputs that people work on, Word files and Excel forms: what they can change there."""

_WORD, _EXCEL = ".docx", ".xlsx"


def is_worked_on(path: str) -> bool:
    """True for a file that a person may open, change and save: a build never writes over their changes."""
    return path.endswith((_WORD, _EXCEL))


def content_digest(path: str, data: bytes) -> str:
    """The digest of what a person can change in the file called `path`, whatever else Office or a synced drive does."""
    if path.endswith(_EXCEL):
        from svreport.workbook.digest import content_digest as of_excel

        return of_excel(data)
    from svreport.word.digest import content_digest as of_word

    return of_word(data)
