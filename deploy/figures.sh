#!/usr/bin/env bash
# Makes Terminal.Tests/PERFORMANCE.md anew, and beside it the raw output that it rests on. Takes half an hour; nothing
# else should run meanwhile. --short: five minutes, with 3,000 payments and 100,000 entries.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need mosquitto mosquitto openssl openssl
unset "${!DOTNET_@}"
export DOTNET_NOLOGO=1
build
publish "$(processor)"
raw=Terminal.Tests/performance.txt
page=Terminal.Tests/PERFORMANCE.md
size=(--long)
[ "${arguments[0]:-}" != --short ] || size=(--commands 1000 --payments 3000)
dotnet run --project Terminal.Tests/Sandbox --no-build -c Release -- bench "${size[@]}" | tee "$raw"
{
    cat << 'EOF'
# Performance

`bash deploy/figures.sh` makes this page; [`performance.txt`](performance.txt) is what it rests on, as `bench` printed
it. No timing is asserted in a test: times differ from machine to machine. `bench` measures the native program that
ships, with the settings that are inside it, and prints each figure beside a bare reference taken in the same run. A
target that is missed says so.

EOF
    cat "$raw"
} > "$page"
echo "$page: $(grep -c 'met |$' "$page" || true) targets met, $(grep -c 'missed' "$page" || true) missed"
