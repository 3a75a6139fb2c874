#!/usr/bin/env bash
# package.sh [arm64|amd64]...: makes artifacts/terminal_VERSION_ARCHITECTURE.deb, for both without a word. The same
# commit gives the same bytes. Needs the .NET SDK on a Debian-like machine; the box that installs the package needs none.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need dpkg-deb dpkg objdump binutils gzip gzip git git
version=$(sed -nE 's|.*<Version>(.*)</Version>.*|\1|p' Directory.Build.props)
head -1 deploy/package/changelog | grep -qF "terminal ($version) " ||
    die "deploy/package/changelog begins with another version than $version" "write its entry"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

# The newest version of the C library that the program asks for.
libc() { objdump -T "$1" | sed -nE 's/.*GLIBC_(2\.[0-9]+).*/\1/p' | sort -uV | tail -1; }

put() { install -D -m "$1" "$2" "$tree/$3"; }

pack() {
    local architecture=$1 processor=${1/amd/x} tree program
    tree=$(mktemp -d)
    publish "$processor"
    local from=$(dirname "$program") documents=usr/share/doc/terminal
    put 755 "$program" usr/lib/terminal/Terminal
    for library in "$from"/*.so; do
        put 644 "$library" "usr/lib/terminal/$(basename "$library")"
    done
    mkdir -p "$tree/usr/bin"
    ln -s ../lib/terminal/Terminal "$tree/usr/bin/terminal"
    put 644 systemd/terminal.service usr/lib/systemd/system/terminal.service
    put 644 systemd/terminal.sysusers usr/lib/sysusers.d/terminal.conf
    put 644 systemd/terminal.tmpfiles usr/lib/tmpfiles.d/terminal.conf
    put 644 hardware/60-terminal.rules usr/lib/udev/rules.d/60-terminal.rules
    put 644 deploy/package/lintian-overrides usr/share/lintian/overrides/terminal
    put 644 deploy/README.md $documents/README.md
    put 644 systemd/README.md $documents/unit.md
    put 644 deploy/terminal.example.json $documents/examples/terminal.json
    put 644 systemd/strict.conf $documents/examples/strict.conf
    for page in deploy/ecr-kit/*; do
        put 644 "$page" "$documents/ecr-kit/$(basename "$page")"
    done
    bash deploy/package/bill.sh "$processor" "$version" "$tree/$documents"
    gzip -9 -n -c deploy/package/changelog > "$tree/$documents/changelog.gz"
    gzip -9 -n "$tree/$documents/terminal.spdx.json"
    chmod -R u=rwX,go=rX "$tree"
    mkdir "$tree/DEBIAN"
    for script in postinst prerm postrm; do
        put 755 "deploy/package/$script" "DEBIAN/$script"
    done
    sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@LIBC@/$(libc "$program")/" \
        -e "s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f1)/" \
        deploy/package/control > "$tree/DEBIAN/control"
    (cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)
    find "$tree" -print0 | xargs -0 touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
    dpkg-deb --root-owner-group -Zxz --build "$tree" "artifacts/terminal_${version}_$architecture.deb" > /dev/null
    rm -rf "$tree"
    echo "artifacts/terminal_${version}_$architecture.deb"
}

[ ${#arguments[@]} -gt 0 ] || arguments=(amd64 arm64)
for architecture in "${arguments[@]}"; do
    case "$architecture" in
        amd64 | arm64) pack "$architecture" ;;
        *) die "no package is made for $architecture" "say amd64 or arm64" ;;
    esac
done
