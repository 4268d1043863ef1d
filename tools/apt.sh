#!/bin/sh
# apt.sh PACKAGE…: install Debian packages where this user may; fails where not.
set -eu
command -v apt-get >/dev/null 2>&1
export DEBIAN_FRONTEND=noninteractive
run=""
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null
    run="sudo -n DEBIAN_FRONTEND=noninteractive"
fi
$run apt-get update -qq
$run apt-get install -y -qq "$@" >/dev/null
