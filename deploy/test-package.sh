#!/usr/bin/env bash
# test-package.sh [amd64|arm64]...: installs the packages that package.sh made into a Debian without .NET, made for
# this, and shows that the unit's command runs there, what an upgrade keeps and what a purge keeps; arm64 under
# emulation. As root. Ends with "N passed, N failed".
[ "${TERMINAL_MOUNTS:-}" = own ] || TERMINAL_MOUNTS=own exec unshare --mount bash "$0" "$@"
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
[ "$(id -u)" = 0 ] || die "a Debian root can be entered by root only" "sudo bash deploy/test-package.sh"
need lintian lintian openssl openssl systemd-analyze systemd
version=$(sed -nE 's|.*<Version>(.*)</Version>.*|\1|p' Directory.Build.props)
work=$(mktemp -d)
passed=0 failed=0

finish() {
    [ ! -e "$work/pid" ] || kill -KILL "$(cat "$work/pid")" 2> /dev/null || true
    [ ! -e "$work/binfmt/terminal-arm64" ] || echo -1 > "$work/binfmt/terminal-arm64"
    umount -R "$work"/*/proc "$work"/*/dev "$work/binfmt" 2> /dev/null || true
    rm -rf --one-file-system "$work"
}
trap finish EXIT

# check NAME COMMAND...: not as a condition, so the first thing that fails in it ends it.
check() {
    local name=$1
    shift
    ("$@") > "$work/said" 2>&1 &
    if wait $!; then
        passed=$((passed + 1))
        echo "passed: $architecture: $name"
    else
        failed=$((failed + 1))
        echo "FAILED: $architecture: $name"
        sed 's/^/    /' "$work/said"
    fi
}

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive "$@"; }

make_root() {
    local kept=artifacts/debian-$architecture
    bash deploy/debian-root.sh "$kept" "$architecture" dpkg dash coreutils diffutils base-files base-passwd tar gzip \
        sed grep systemd libc-bin tzdata 'libssl3|libssl3t64'
    root=$work/$architecture
    cp -a "$kept" "$root"
    cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
    cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
    mkdir -p "$root/proc" "$root/dev"
    # As ProcSubset=pid and ProtectProc=invisible have it.
    mount -t proc -o subset=pid,hidepid=2 proc "$root/proc"
    mount --rbind /dev "$root/dev"
    # As the unit has it: its user and groups, nothing else of this machine.
    as_service=(chroot --userspec=terminal:terminal --groups=dialout,input,video "$root" /usr/bin/env -i PATH=/usr/bin)
}

# Lets the kernel start arm64 programs by the emulator, for as long as this runs; where it does already, that stays.
emulate_arm64() {
    need qemu-aarch64-static qemu-user-static
    mkdir -p "$work/binfmt"
    mount -t binfmt_misc none "$work/binfmt"
    ! grep -ls '^interpreter.*qemu-aarch64' "$work"/binfmt/* > /dev/null || return 0
    local head='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
    local mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
    echo ":terminal-arm64:M::$head:$mask:$(command -v qemu-aarch64-static):F" > "$work/binfmt/register"
}

no_dotnet() {
    [ -z "$(find "$root/usr" \( -name 'libcoreclr*' -o -name dotnet -o -name 'System.Private*' \) -print)" ]
}

native() { inside terminal version | grep -qx "$version $(git rev-parse HEAD) native linux-${architecture/amd/x}"; }

# What the example of the settings names, made for nothing but this.
provision() {
    local at=$root/etc/terminal
    cp "$root/usr/share/doc/terminal/examples/terminal.json" "$at/terminal.json"
    openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$at/terminal-private.pem"
    openssl rsa -in "$at/terminal-private.pem" -pubout -out "$at/gateway-public.pem"
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -keyout "$at/terminal-key.pem" -out "$at/gateway-ca.pem"
    cp "$at/gateway-ca.pem" "$at/broker-ca.pem"
    cp "$at/gateway-ca.pem" "$at/terminal.pem"
    echo secret > "$at/broker-password"
    chroot "$root" /usr/bin/chown -R root:terminal /etc/terminal
    chmod 640 "$at"/*
    "${as_service[@]}" terminal settings check
}

# The unit's own command, word for word; its exit status comes to lie in a file.
run_unit() {
    local command status=0
    command=$(sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/terminal.service")
    # shellcheck disable=SC2086
    (echo "$BASHPID" > "$work/pid"; exec "${as_service[@]}" $command) > "$work/log" 2>&1 || status=$?
    echo "$status" > "$work/exit"
}

start() {
    rm -f "$work/exit"
    run_unit &
    local tries=0
    until "${as_service[@]}" terminal status > "$work/status" 2>&1; do
        tries=$((tries + 1))
        [ ! -e "$work/exit" ] && [ "$tries" -lt 300 ] || { tail -5 "$work/log"; return 1; }
        sleep 0.2
    done
    cat "$work/status"
}

ends() {
    local tries=0
    until [ -e "$work/exit" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || { kill -KILL "$(cat "$work/pid")"; return 1; }
        sleep 0.2
    done
}

stop() {
    kill -TERM "$(cat "$work/pid")"
    ends
    [ "$(cat "$work/exit")" = 0 ]
}

settings_and_keys() { (cd "$root" && sha256sum etc/terminal/* var/lib/terminal/*.key); }

# The same program as the next version.
newer() {
    dpkg-deb -R "$package" "$work/newer"
    sed -i "s/^Version: .*/Version: $version+1/" "$work/newer/DEBIAN/control"
    dpkg-deb --root-owner-group -Zxz --build "$work/newer" "$root/newer.deb"
    rm -rf "$work/newer"
}

upgrade() {
    settings_and_keys > "$work/before"
    "${as_service[@]}" terminal journal export > "$work/journal-before"
    inside dpkg -i /newer.deb
    settings_and_keys | diff "$work/before" -
    "${as_service[@]}" terminal journal verify
    "${as_service[@]}" terminal journal export | diff "$work/journal-before" -
}

# What a newer program may have left: the files name a format that this one does not know (byte 4 of each block).
refuses_newer() {
    local state=$root/var/lib/terminal
    cp -a "$state" "$work/state"
    for place in log.0:4 bound:4 bound:4100; do
        printf '\002' | dd of="$state/journal/${place%:*}" bs=1 seek="${place#*:}" conv=notrunc status=none
    done
    (cd "$state" && find . -type f -print0 | sort -z | xargs -0 sha256sum) > "$work/newer-before"
    rm -f "$work/exit"
    run_unit &
    ends
    cat "$work/log"
    (cd "$state" && find . -type f -print0 | sort -z | xargs -0 sha256sum) | diff "$work/newer-before" -
    grep -q format "$work/log"
    grep -qx '74\|78' "$work/exit"
    rm -rf "$state"
    mv "$work/state" "$state"
}

purged() { inside dpkg --purge terminal && [ ! -e "$root/etc/terminal" ] && [ ! -e "$root/usr/bin/terminal" ]; }

keeps_journal() { purged && compgen -G "$root/var/lib/terminal/journal*" > /dev/null; }

drops_journal() {
    inside dpkg -i /terminal.deb
    inside env TERMINAL_PURGE_JOURNAL=yes dpkg --purge terminal
    [ ! -e "$root/var/lib/terminal" ]
}

exposure() { systemd-analyze security --offline=true --threshold="$1" "$2" | tail -1; }

strict_exposure() {
    cat "$root/usr/lib/systemd/system/terminal.service" "$root/usr/share/doc/terminal/examples/strict.conf" \
        > "$work/strict.service"
    exposure 12 "$work/strict.service"
}

same_bytes() {
    cp "$package" "$work/first.deb"
    bash deploy/package.sh "$architecture"
    cmp "$package" "$work/first.deb"
}

try() {
    architecture=$1
    package=artifacts/terminal_${version}_$architecture.deb
    [ -e "$package" ] || die "$package is missing" "bash deploy/package.sh $architecture"
    check "lintian finds no error" lintian --allow-root --fail-on error "$package"
    check "the same commit gives the same bytes" same_bytes
    [ "$architecture" = "$(dpkg --print-architecture)" ] || [ "$architecture" != arm64 ] || emulate_arm64
    make_root
    cp "$package" "$root/terminal.deb"
    check "there is no .NET in this Debian" no_dotnet
    check "installs" inside dpkg -i /terminal.deb
    check "is the native program of this commit" native
    check "takes the example settings" provision
    check "the unit's command runs until status answers" start
    check "ends when it is asked to" stop
    check "an upgrade" newer
    check "keeps settings, keys and journal" upgrade
    check "runs again" start
    check "and ends again" stop
    check "refuses a journal of a newer format and leaves it as it is" refuses_newer
    check "is exposed at most 1.6" exposure 16 "$root/usr/lib/systemd/system/terminal.service"
    check "is exposed at most 1.2 with the strict drop-in" strict_exposure
    check "a purge keeps the journal" keeps_journal
    check "unless it is told otherwise" drops_journal
}

[ ${#arguments[@]} -gt 0 ] || arguments=(amd64 arm64)
for each in "${arguments[@]}"; do
    try "$each"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
