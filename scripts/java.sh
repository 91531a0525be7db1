#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Print the folder of a Java that Spark 4.0 runs on (17 or 21): JAVA_HOME, the one on the path, or Debian's.
# When there is none and we are root on Debian, install it.
set -euo pipefail

fits() { # a Java folder
    [ -x "$1/bin/java" ] && "$1/bin/java" -version 2>&1 | grep -Eq 'version "(17|21)[."]'
}

find_java() {
    local on_path candidate
    on_path=$(readlink -f "$(command -v java || echo /none)")
    for candidate in "${JAVA_HOME:-/none}" "${on_path%/bin/java}" /usr/lib/jvm/*; do
        if fits "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

install_java() {
    [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null || return 1
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing Java from Debian" >&2
    apt-get update -qq >&2
    apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >&2 ||
        apt-get install -y -qq --no-install-recommends openjdk-21-jre-headless >&2
}

if find_java; then exit; fi
if install_java && find_java; then exit; fi
cat >&2 <<MESSAGE
No Java of version 17 or 21 was found; Spark 4.0 runs on these two.
  looked in     JAVA_HOME (${JAVA_HOME:-not set}), the path, /usr/lib/jvm
  what to do    apt-get install openjdk-17-jre-headless     (Debian 12; on Debian 13 openjdk-21-jre-headless)
                or name one: make test-spark JAVA_HOME=/path/to/java
MESSAGE
exit 2
