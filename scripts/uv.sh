#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Print the command of uv, the installer. When there is none, pip puts one into the folder .venv-uv.
set -euo pipefail
cd "$(dirname "$0")/.."

for candidate in uv .venv-uv/bin/uv; do
    if "$candidate" --version >/dev/null 2>&1; then
        echo "$candidate"
        exit
    fi
done

python=$(scripts/python.sh)
echo "Making .venv-uv" >&2
if ! "$python" -m venv --clear .venv-uv >/dev/null 2>&1; then
    rm -rf .venv-uv
    cat >&2 <<MESSAGE
A virtual environment cannot be made: this Python comes without the module ensurepip.
  python        $(command -v "$python")
  what to do    apt-get install python3-venv     (Debian and Ubuntu keep it in a package of its own)
MESSAGE
    exit 2
fi
.venv-uv/bin/python -m pip install --quiet --disable-pip-version-check \
    ${WHEELS:+--no-index --find-links "$WHEELS"} \
    --require-hashes --requirement requirements/uv.txt >&2
echo .venv-uv/bin/uv
