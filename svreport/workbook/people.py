"""The people of the return and what they say of it: the sheets `Contacts`, `Sign-off` and `Answers`."""

from svreport.model.content_codes import is_code, read_codes
from svreport.model.entry import Entry
from svreport.model.submission import AnswerGiven, Approval, Contact
from svreport.workbook import cells, layout, rules
from svreport.workbook.cells import Found
from svreport.workbook.rows import Row, Table


def read_contacts(table: Table, found: Found) -> tuple[Contact, ...]:
    contacts = tuple(_contact(row) for row in table.rows)
    _tell_twice([contact.role for contact in contacts], layout.KEY_ROLES, found)
    roles_read = table.has("Role") and not any(contact.role.fault for contact in contacts)
    if roles_read:
        held = {contact.role.value for contact in contacts}
        for role in layout.KEY_ROLES:
            if role not in held:
                found.append(
                    rules.ROLE_MISSING.at(
                        table.place(),
                        read=f"no row with the role {role}",
                        expected=f"a row for the {role}",
                        mend="add the row; if the post is vacant, say so in Name",
                    )
                )
    return contacts


def _contact(row: Row) -> Contact:
    return Contact(
        role=row.read("Role", cells.word(layout.CONTACT_ROLES, rules.ROLE)),
        name=row.read("Name", cells.line),
        job_title=row.read("Job title", cells.line),
        email=row.read("Email", cells.email),
    )


def _tell_twice(roles: list[Entry[str]], once: tuple[str, ...], found: Found) -> None:
    first: dict[str, Entry[str]] = {}
    for entry in roles:
        if entry.value not in once:
            continue
        before = first.setdefault(entry.value, entry)
        if before is not entry:
            found.append(
                rules.ROLE_TWICE.at(
                    entry.place,
                    read=f"{entry.value}, as in {before.place.cell}",
                    expected=f"one row for the {entry.value}",
                    mend="clear the row that no longer holds, or give it another role",
                )
            )


def read_approvals(table: Table, found: Found) -> tuple[Approval, ...]:
    approvals = tuple(
        Approval(
            role=row.read("Role", cells.word(layout.SIGN_OFF_ROLES, rules.ROLE)),
            name=row.read("Name", cells.line),
            date=row.read("Date", cells.day),
            content_code=row.read("Content code", cells.line),
        )
        for row in table.rows
    )
    _tell_twice([approval.role for approval in approvals], layout.SIGN_OFF_ROLES, found)
    for approval in approvals:
        code = approval.content_code
        if code.value and not all(is_code(each) for each in read_codes(code.value)):
            found.append(
                rules.CODE.at(
                    code.place,
                    read=cells.shortened(code.value),
                    expected="a code such as 7F3A-19C2, or several with commas between",
                    mend="copy the code from the footer of the draft that was read",
                )
            )
    return approvals


def read_answers(table: Table) -> tuple[AnswerGiven, ...]:
    return tuple(
        AnswerGiven(
            mark=row.read("Mark", cells.line),
            answer=row.read("Answer", cells.text),
            who=row.read("Who", cells.line),
            date=row.read("Date", cells.day),
        )
        for row in table.rows
    )
