#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Put charts and font of the pages, from their npm packages, into src/zhihang/web/static/vendor; once for each lock.
#
# Without npm the pages work all the same: tables instead of charts, the system's own Chinese font.
set -euo pipefail
cd "$(dirname "$0")/.."

vendor=src/zhihang/web/static/vendor
stamp=$vendor/.stamp
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then exit 0; fi
if ! command -v npm >/dev/null; then
    echo "npm is missing, so the pages get no charts: install nodejs 20 and npm, then run scripts/web_assets.sh" >&2
    exit 0
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
mkdir -p "$vendor"
cp node_modules/echarts/dist/echarts.esm.min.mjs "$vendor/echarts.mjs"
cp node_modules/echarts/LICENSE "$vendor/echarts.LICENSE"
cp node_modules/echarts/NOTICE "$vendor/echarts.NOTICE"
cp node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2 "$vendor/noto-sans-sc.woff2"
cp node_modules/@fontsource/noto-sans-sc/LICENSE "$vendor/noto-sans-sc.LICENSE"
cat > "$vendor/font.css" <<'STYLE'
@font-face {
  font-family: "Zhihang Sans";
  src: local("Noto Sans SC"), local("Noto Sans CJK SC"), local("Source Han Sans SC"), url("noto-sans-sc.woff2") format("woff2");
  font-display: swap;
}
STYLE
cp package-lock.json "$stamp"
echo "Charts and font of the pages are in $vendor" >&2
