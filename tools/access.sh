#!/bin/sh
# access.sh: the program that reads Access databases; everything else works without it.
command -v mdb-export >/dev/null 2>&1 && exit 0
echo "Getting mdbtools, which reads Access databases"
sh "${0%/*}/apt.sh" mdbtools 2>/dev/null && exit 0
echo "Access databases cannot be read before mdbtools is installed (Debian: apt install mdbtools;" >&2
echo "macOS: brew install mdbtools). Everything else works." >&2
exit 0
