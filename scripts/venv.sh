#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Make a virtual environment, install locked requirements into it, then Zhihang itself.
#
#   scripts/venv.sh FOLDER LOCK...
#
# What is already there stays; only what differs from the locks is installed. WHEELS names a folder of downloaded
# wheels to install from, where there is no network.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$1
shift
uv=$(scripts/uv.sh)
export UV_PYTHON_DOWNLOADS=never

if [ ! -x "$folder/bin/python" ]; then
    echo "Making $folder" >&2
    "$uv" venv --quiet --no-project --python "$(scripts/python.sh)" "$folder"
fi
locks=()
places=(${WHEELS:+--no-index --find-links "$WHEELS"})
for lock in "$@"; do locks+=(--requirement "$lock"); done
echo "Installing $* into $folder" >&2
"$uv" pip install --quiet --python "$folder/bin/python" "${places[@]}" --require-hashes "${locks[@]}"
"$uv" pip install --quiet --python "$folder/bin/python" --no-deps --no-build-isolation --editable .
