#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job: the founding plans on published figures, then a simulated Guilin down to its counties, documents, pages.
# It serves the pages only where somebody looks, that is on a terminal; elsewhere it says how and ends. SERVE=no never serves.
set -euo pipefail
cd "$(dirname "$0")/.."

workspace=${WORKSPACE:-workspace}
out=${OUT:-out}
port=${PORT:-8000}
.venv/bin/zhihang --workspace "$workspace" demonstrate --to "$out"
echo
echo "Look at $out/simulated/documents/annual-bulletin-2018.html in a browser, then ask why:"
echo "  .venv/bin/zhihang --workspace $workspace explain inventions_in_force --region 450300 --period 2018"
echo "  .venv/bin/zhihang --workspace $workspace plan check guilin-2016-2020"
echo "  .venv/bin/zhihang --workspace $workspace navigate qixing-electronics --to $out/study"
echo "Where to go on: .venv/bin/zhihang --help, and README.md"
echo
echo "Three accounts for its pages are ready (name, password, role):"
ZHIHANG_WORKSPACE="$workspace" .venv/bin/python -m zhihang.web accounts
serve=(.venv/bin/zhihang --workspace "$workspace" serve --demonstration --port "$port")
if [ "${SERVE:-yes}" != no ] && [ -t 1 ]; then
    echo
    echo "Now serving the pages; Ctrl-C ends it."
    exec "${serve[@]}"
fi
echo "The pages are served by the next command; then open http://127.0.0.1:$port/ and sign in:"
echo "  ${serve[*]}"
