#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What tests of the pages need of the system: a browser and PostgreSQL. Installed where that is allowed, else named.
set -euo pipefail

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -gt 0 ] || exit 0

# Only continuous integration changes the machine by itself.
if [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # A cluster of Debian's own is not wanted: the tests start theirs in a folder of its own.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    if timeout 120 apt-get update -qq && timeout 300 apt-get install -y -qq --no-install-recommends "${missing[@]}"; then exit 0; fi
fi
echo "Missing on this machine: ${missing[*]}. Tests that need them are skipped; to run them: apt-get install ${missing[*]}" >&2
