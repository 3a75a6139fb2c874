#!/usr/bin/env bash
# Passes the tests. Ends with "N passed, N failed"; fails when one failed or none ran.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need mosquitto mosquitto openssl openssl tshark tshark text2pcap wireshark-common
build
results=$(mktemp)
trap 'rm -f "$results"' EXIT
status=0
dotnet test Terminal.Tests --no-build -c Release -v q --logger "console;verbosity=minimal" "${arguments[@]}" |
    tee "$results" || status=$?
passed=$(sed -n 's/.*Passed: *\([0-9]*\),.*Total:.*/\1/p' "$results" | awk '{n+=$1} END {print n+0}')
failed=$(sed -n 's/.*Failed: *\([0-9]*\),.*Total:.*/\1/p' "$results" | awk '{n+=$1} END {print n+0}')
[ "$passed" -gt 0 ] || { echo "no test ran"; status=1; }
[ "$failed" -eq 0 ] || status=1
echo "$passed passed, $failed failed"
exit "$status"
