#!/usr/bin/env bash
# debian-root.sh FOLDER ARCHITECTURE PACKAGE...: unpacks Debian packages and what they depend on into a folder, for an
# emulator or a chroot. A package may be given as first|second: the one that this Debian has. It asks the package
# sources of this machine, changes nothing outside FOLDER and needs no root.
set -euo pipefail
root=$1 architecture=$2
shift 2
[ "$(cat "$root/.complete" 2> /dev/null)" != "$*" ] || exit 0
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state/lists/partial" "$state/archives/partial"
touch "$state/status"
options=(
    -qq -o APT::Architecture="$architecture" -o APT::Architectures::="$architecture" -o APT::Install-Recommends=false
    -o Dir::State="$state" -o Dir::State::Lists="$state/lists" -o Dir::State::Status="$state/status"
    -o Dir::Cache="$state" -o Debug::NoLocking=true -o APT::Sandbox::User="$(id -un)"
)
echo "unpacking Debian packages for $architecture ..."
apt-get "${options[@]}" update
packages=()
for choice in "$@"; do
    found=""
    for name in ${choice//|/ }; do
        apt-cache "${options[@]}" show "$name" > /dev/null 2>&1 && found=$name && break
    done
    [ -n "$found" ] ||
        { echo "error: the package sources of this machine have no $choice for $architecture" >&2; exit 1; }
    packages+=("$found")
done
apt-get "${options[@]}" -y install --download-only "${packages[@]}" > /dev/null

rm -rf "$root"
mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/usr/sbin" "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates"
for merged in lib bin sbin; do
    ln -s "usr/$merged" "$root/$merged"
done
for package in "$state"/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
    # So that dpkg in there knows what it can depend on.
    { dpkg-deb -f "$package"; printf 'Status: install ok installed\n\n'; } >> "$root/var/lib/dpkg/status"
    dpkg-deb --fsys-tarfile "$package" | tar -t | sed 's|^\.||; s|/$||; s|^$|/.|' \
        > "$root/var/lib/dpkg/info/$(dpkg-deb -f "$package" Package).list"
done
echo "$*" > "$root/.complete"
