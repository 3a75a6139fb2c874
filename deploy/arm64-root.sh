#!/usr/bin/env bash
# arm64-root.sh FOLDER: unpacks the arm64 libraries that the native program loads, for an emulator on another processor.
# It asks the package sources of this machine, changes nothing outside FOLDER and needs no root.
set -euo pipefail
root=$1
[ ! -e "$root/complete" ] || exit 0
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/archives/partial"
touch "$state/status"
options=(
    -qq -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o APT::Install-Recommends=false
    -o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::State::Status="$state/status"
    -o Dir::Cache="$state" -o Debug::NoLocking=true
)
echo "unpacking the arm64 libraries ..."
apt-get "${options[@]}" update
# Debian 12 and 13 name them differently.
packages=()
for name in libc6 libssl3 libssl3t64 libgpiod2 libgpiod3; do
    apt-cache "${options[@]}" show "$name" > /dev/null 2>&1 && packages+=("$name")
done
[ ${#packages[@]} -gt 2 ] || { echo "error: the package sources of this machine have no arm64" >&2; exit 1; }
apt-get "${options[@]}" -y install --download-only "${packages[@]}" > /dev/null
rm -rf "$root"
mkdir -p "$root"
for package in "$state"/archives/*.deb; do
    dpkg-deb -x "$package" "$root"
done
[ -e "$root/lib" ] || ln -s usr/lib "$root/lib"
touch "$root/complete"
