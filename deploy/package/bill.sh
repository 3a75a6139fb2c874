#!/usr/bin/env bash
# bill.sh PROCESSOR VERSION FOLDER: writes what is inside the native program, as the compiler was given it:
# terminal.spdx.json (SPDX 2.3) and copyright, with name, version and licence of every package.
set -euo pipefail
processor=$1 version=$2 folder=$3
given=artifacts/obj/Terminal/release_linux-$processor/native/Terminal.ilc.rsp
[ -e "$given" ] || { echo "error: $given is missing" >&2; echo "next step: publish for $processor first" >&2; exit 1; }
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //; s|/*$||')
mapfile -t contained < <(sed -nE "s|^-r:$packages/([^/]+/[^/]+)/.*|\1|p" "$given" | LC_ALL=C sort -u)
# The library beside the program is of the same package as its managed half.
for package in "${contained[@]}"; do
    case "$package" in
        system.io.ports/*) contained+=("runtime.linux-$processor.runtime.native.$package") ;;
    esac
done
[ ${#contained[@]} -gt 5 ] || { echo "error: $given names hardly any package" >&2; exit 1; }

# One element of a package's description.
of() {
    local name=${1%/*}
    sed -nE "s|.*<$2( [^>]*)?>([^<]*)</$2>.*|\2|p" "$packages/$1/$name.nuspec" | head -1 | sed 's/["\\]//g'
}
licence() {
    local named
    named=$(of "$1" license)
    case "$named" in
        LICENSE*) grep -qi 'MIT License\|Permission is hereby granted, free of charge' "$packages/$1/$named" && named=MIT ;;
    esac
    echo "${named:?no licence of $1}"
}

relation() {
    printf '{ "spdxElementId": "%s", "relationshipType": "%s", "relatedSpdxElement": "%s" }' "$@"
}

created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
{
    cat <<EOF
Terminal is copyright 2026 of its makers. All rights reserved until they choose a licence.

The program contains the packages below, compiled into one file. Their licences follow.

EOF
    for package in "${contained[@]}"; do
        printf '%s %s\n  licence: %s\n  copyright: %s\n' "$(of "$package" id)" "$(of "$package" version)" \
            "$(licence "$package")" "$(of "$package" copyright)"
    done
    for package in "${contained[@]}"; do
        for file in "$packages/$package"/LICENSE*; do
            [ ! -e "$file" ] || { printf '\n--- %s, %s\n\n' "${package%/*}" "$(basename "$file")"; cat "$file"; }
        done
    done
    printf '\n--- Apache-2.0\n\nOn Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n'
} | sed 's/\r$//; s/^\xef\xbb\xbf//' > "$folder/copyright"
{
    cat <<EOF
{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "terminal-$version-linux-$processor",
  "documentNamespace": "urn:terminal:$version:linux-$processor:$(git rev-parse HEAD)",
  "creationInfo": { "created": "$created", "creators": ["Tool: deploy/package/bill.sh"] },
  "packages": [
    {
      "SPDXID": "SPDXRef-terminal", "name": "terminal", "versionInfo": "$version",
      "downloadLocation": "NOASSERTION", "sourceInfo": "commit $(git rev-parse HEAD)"
    }
EOF
    for package in "${contained[@]}"; do
        name=$(of "$package" id) its=$(of "$package" version)
        sum=$(base64 -d < "$packages/$package/${package%/*}.$its.nupkg.sha512" | od -An -tx1 | tr -d ' \n')
        cat <<EOF
    ,{
      "SPDXID": "SPDXRef-$name", "name": "$name", "versionInfo": "$its", "downloadLocation": "NOASSERTION",
      "licenseDeclared": "$(licence "$package")", "copyrightText": "$(of "$package" copyright)",
      "checksums": [{ "algorithm": "SHA512", "checksumValue": "$sum" }],
      "externalRefs": [{
        "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:nuget/$name@$its"
      }]
    }
EOF
    done
    printf '  ],\n  "relationships": [\n    %s\n' "$(relation SPDXRef-DOCUMENT DESCRIBES SPDXRef-terminal)"
    for package in "${contained[@]}"; do
        printf '    ,%s\n' "$(relation SPDXRef-terminal CONTAINS "SPDXRef-$(of "$package" id)")"
    done
    printf '  ]\n}\n'
} > "$folder/terminal.spdx.json"
