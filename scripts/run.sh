#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job on a simulated Guilin: make a workspace, ingest its register and the published statistics, say what is there.
set -euo pipefail
cd "$(dirname "$0")/.."

workspace=${WORKSPACE:-workspace}
zhihang() { .venv/bin/zhihang --workspace "$workspace" "$@"; }
# Exit code 1 means: done, and some rows were rejected. The status page names them.
with_rejections() { "$@" || [ $? -eq 1 ]; }

[ -e "$workspace/zhihang.toml" ] || zhihang init
zhihang simulate --region 450300 --from 2006 --to 2020 --seed 1
with_rejections zhihang ingest --published "$workspace"/simulated/*.csv
zhihang status --region 450300
echo
echo "Where to go on: .venv/bin/zhihang --workspace $workspace --help, and README.md"
