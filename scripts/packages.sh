#!/bin/sh
# Installs those packages of packages.txt that are missing: packages.sh demo|test
# Where nothing is missing, apt is not called.
set -eu

list=$(dirname "$0")/../packages.txt
distribution=$(. /etc/os-release && echo "$ID")
case $1 in
    demo) wanted='demo' ;;
    test) wanted="demo|test|test-$distribution" ;;
    *) exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "This is neither Debian nor Ubuntu: install what packages.txt names by other means." >&2
    exit 0
fi

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints, for each line of the list of which no name is installed, the names.
missing() {
    grep -E "^($wanted) " "$list" | while read -r _ names; do
        for name in $names; do
            if installed "$name"; then continue 2; fi
        done
        echo "$names"
    done
}

missing=$(missing)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=env
elif command -v sudo >/dev/null; then
    as_root='sudo env'
else
    echo "Debian packages are missing, and there is no sudo to install them. As root, run:" >&2
    echo "    apt-get install --no-install-recommends" $(echo "$missing" | cut -d' ' -f1) >&2
    exit 1
fi

echo "Installing Debian packages:" $(echo "$missing" | cut -d' ' -f1)
$as_root apt-get update -q || {
    echo "apt-get update failed: is the network up, and no other apt running?" >&2
    exit 1
}

# Of each line, the first name that this distribution offers.
chosen=$(echo "$missing" | while read -r names; do
    for name in $names; do
        if apt-cache policy "$name" | grep -q 'Candidate: [^(]'; then
            echo "$name"
            continue 2
        fi
    done
    echo "No package is offered for: $names" >&2
done)
# shellcheck disable=SC2086 # a list of words is meant
$as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $chosen || {
    echo "apt-get could not install all of: " $chosen >&2
    exit 1
}
