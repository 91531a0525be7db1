#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job: the founding plans on published figures, then a simulated Guilin down to its counties and documents.
set -euo pipefail
cd "$(dirname "$0")/.."

workspace=${WORKSPACE:-workspace}
out=${OUT:-out}
.venv/bin/zhihang --workspace "$workspace" demonstrate --to "$out"
echo
echo "Look at $out/simulated/documents/annual-bulletin-2018.html in a browser, then ask why:"
echo "  .venv/bin/zhihang --workspace $workspace explain inventions_in_force --region 450300 --period 2018"
echo "  .venv/bin/zhihang --workspace $workspace plan check guilin-2016-2020"
echo "Where to go on: .venv/bin/zhihang --help, and README.md"
if [ "${SERVE:-yes}" = no ]; then exit 0; fi
echo
echo "Now serving its pages; Ctrl-C ends it. Three accounts are ready (name, password, role):"
exec .venv/bin/zhihang --workspace "$workspace" serve --demonstration --port "${PORT:-8000}"
