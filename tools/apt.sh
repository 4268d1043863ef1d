#!/bin/sh
# apt.sh PACKAGE…: install Debian packages where this user may; fails where not.
set -eu
command -v apt-get >/dev/null 2>&1
run=""
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null
    run="sudo -n"
fi
$run apt-get update -qq
$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
