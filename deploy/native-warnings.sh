#!/usr/bin/env bash
# native-warnings.sh FILE...: compares the trim and AOT warnings of the native compiler with native-warnings.md. Fails
# on one that is not listed there, and on one that is listed and no longer comes.
set -euo pipefail
list=$(dirname "${BASH_SOURCE[0]}")/native-warnings.md
come=$(cat "$@" | sed -nE 's/.*warning (IL[0-9]+): ([^(]+)\(.*/\1 \2/p' | LC_ALL=C sort -u)
known=$(sed -nE 's/^- (IL[0-9]+ .+)$/\1/p' "$list" | LC_ALL=C sort -u)
[ -n "$known" ] || { echo "error: no warning is listed in $list" >&2; exit 1; }
if ! difference=$(diff <(echo "$known") <(echo "$come")); then
    echo "error: the warnings of the native compiler are not those of $list" >&2
    echo "$difference" | sed -n 's/^< /listed, does not come: /p; s/^> /comes, not listed: /p' >&2
    echo "next step: show by a check of 'sandbox native' that the code works, then list it with its reason" >&2
    exit 1
fi
echo "native compiler: $(echo "$come" | wc -l) warnings, all listed"
