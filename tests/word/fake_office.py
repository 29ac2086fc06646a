"""Stand-ins for LibreOffice: programs that take its command line, and work or fail as they are told."""

from pathlib import Path

WORKS = r'printf "%%PDF-1.6\n%s\n%%%%EOF\n" "$(cksum < "$name.docx")" > "$out/$name.pdf"'
"""What it does for each document: here a PDF that changes with it."""

_PROGRAM = r"""#!/bin/sh
echo "$*" >> "{log}"
names=
while [ $# -gt 0 ]; do
  case "$1" in
    --outdir) out="$2"; shift 2;;
    *.docx) names="$names ${{1%.docx}}"; shift;;
    *) shift;;
  esac
done
for name in $names; do
  {each}
done
{after}
"""


def fake_office(folder: Path, each: str = WORKS, after: str = "exit 0") -> Path:
    """A program `soffice` in the folder, which writes how it was called into `called` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "soffice"
    program.write_text(_PROGRAM.format(log=folder / "called", each=each, after=after))
    program.chmod(0o755)
    return program


def calls(program: Path) -> list[str]:
    """The command lines that it was started with."""
    log = program.with_name("called")
    return log.read_text().splitlines() if log.exists() else []
