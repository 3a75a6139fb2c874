#!/usr/bin/env bash
# Plays the demo with the native program, traced, and compares what it asked of the kernel with the unit: no system call
# outside SystemCallFilter, nothing that MemoryDenyWriteExecute would deny, no socket of another family. x64 only.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need strace strace mosquitto mosquitto openssl openssl systemd-analyze systemd
unit=systemd/terminal.service
publish x64
calls=$(mktemp -d)
trap 'rm -rf "$calls"' EXIT
printf '#!/bin/sh\nexec strace -D -f -qq -o "%s/$$" "%s" "$@"\n' "$calls" "$program" > artifacts/terminal-traced
chmod +x artifacts/terminal-traced
TERMINAL_PROGRAM=$PWD/artifacts/terminal-traced \
    dotnet run --project Terminal.Tests/Sandbox --no-build -c Release -- demo > "$calls.demo" ||
    { tail -20 "$calls.demo"; die "the demo failed while it was traced" "bash deploy/demo.sh"; }
tail -1 "$calls.demo"
rm "$calls.demo"

# The names in a filter set of systemd, sets inside it included.
set_of() { systemd-analyze syscall-filter "$1" | sed -nE 's/^ +([@a-z0-9_-]+)$/\1/p' | while read -r name; do
    case "$name" in @*) set_of "$name" ;; *) echo "$name" ;; esac
done; }
allowed=$(mktemp) denied=$(mktemp) used=$(mktemp)
trap 'rm -rf "$calls" "$allowed" "$denied" "$used"' EXIT
set_of @default > "$allowed"
while read -r filter; do
    case "$filter" in
        ~*) for set in ${filter#\~}; do set_of "$set"; done >> "$denied" ;;
        *) for set in $filter; do set_of "$set"; done >> "$allowed" ;;
    esac
done < <(sed -n 's/^SystemCallFilter=//p' "$unit")
sed -nE 's/^[0-9]+ +([a-z0-9_]+)\(.*/\1/p' "$calls"/* | sort -u > "$used"
[ "$(wc -l < "$used")" -gt 20 ] || die "the trace has hardly any call in it" "look whether strace works here"
outside=$( (sort -u "$allowed" | comm -23 "$used" -; sort -u "$denied" | comm -12 "$used" -) | sort -u)
making='mmap\(.*PROT_WRITE\|PROT_EXEC|(pkey_)?mprotect\(.*PROT_EXEC|shmat\(.*SHM_EXEC'
executable=$(grep -hE "^[0-9]+ +($making)" "$calls"/* | head -3 || true)
families=$(sed -nE 's/^[0-9]+ +socket\(([A-Z0-9_]+),.*/\1/p' "$calls"/* | sort -u)
foreign=$(comm -23 <(echo "$families") <(sed -n 's/^RestrictAddressFamilies=//p' "$unit" | tr ' ' '\n' | sort -u))
echo "system calls: $(wc -l < "$used") kinds, sockets: $(echo $families)"
[ -z "$outside$executable$foreign" ] || {
    echo "outside the filter: ${outside:-none}; made executable: ${executable:-none}; sockets: ${foreign:-none}" >&2
    exit 1
}
