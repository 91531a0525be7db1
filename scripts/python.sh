#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Print the command of a Python that Zhihang runs on: PYTHON if set, else the first one found.
set -euo pipefail

for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$candidate"
        exit
    fi
done
cat >&2 <<MESSAGE
No Python of version 3.11 or later was found.
  looked for    ${PYTHON:-python3.11, python3, python3.12, python3.13}
  what to do    apt-get install python3 python3-venv     (Debian 12 or later)
                or name one: make setup PYTHON=/path/to/python3.11
MESSAGE
exit 2
