# Sourced by the scripts beside it: what several of them do. Works in the repository's folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
arguments=("$@")

die() { echo "error: $1" >&2; echo "next step: $2" >&2; exit 1; }

command -v dotnet > /dev/null || die "the .NET SDK is missing" "install the .NET 10 SDK and put 'dotnet' on the PATH"
case "$(dotnet --version)" in 10.*) ;; *) die ".NET SDK $(dotnet --version) is not 10.x" "install the .NET 10 SDK" ;; esac

# need WHAT PACKAGE ...: installs the Debian package where a command or file is missing.
need() {
    local missing=()
    while [ $# -gt 0 ]; do
        case "$1" in
            /*) [ -e "$1" ] || missing+=("$2") ;;
            *) command -v "$1" > /dev/null || [ -x "/usr/sbin/$1" ] || missing+=("$2") ;;
        esac
        shift 2
    done
    [ ${#missing[@]} -eq 0 ] && return
    echo "installing: ${missing[*]}"
    local sudo=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null || die "missing: ${missing[*]}" "as root: apt-get install ${missing[*]}"
        sudo=sudo
    fi
    $sudo apt-get update -qq > /dev/null
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null ||
        die "could not install ${missing[*]}" "install them by hand, then run this again"
}

# What the native compiler needs to link for a processor (x64, arm64), also one that this machine has not.
need_linker() {
    need clang clang ld binutils
    [ "$1" = "$(processor)" ] && return
    case "$1" in
        arm64) need ld.lld lld aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu \
            /usr/aarch64-linux-gnu/lib/libc.so libc6-dev-arm64-cross ;;
        x64) need ld.lld lld x86_64-linux-gnu-gcc gcc-x86-64-linux-gnu \
            /usr/x86_64-linux-gnu/lib/libc.so libc6-dev-amd64-cross ;;
    esac
}

# Of this machine, as .NET names it.
processor() {
    case "$(uname -m)" in
        x86_64) echo x64 ;;
        aarch64) echo arm64 ;;
        *) die "the processor $(uname -m) is not supported" "use a machine with an x64 or arm64 processor" ;;
    esac
}

build() {
    echo "building ..."
    dotnet build Terminal.sln -c Release -v q
}

# publish PROCESSOR: the native program; where it lies is then in $program, what the compiler warned of in
# artifacts/native-warnings-PROCESSOR.log. Nothing is compiled again that has not changed.
publish() {
    need_linker "$1"
    program=$PWD/artifacts/publish/Terminal/release_linux-$1/Terminal
    echo "compiling the native program for $1 ..."
    mkdir -p artifacts
    local log=artifacts/publish-$1.log
    # The analyzers have their say in build.
    dotnet publish Terminal -c Release -r "linux-$1" -v m -p:RunAnalyzers=false > "$log" 2>&1 ||
        { cat "$log"; die "no native program for $1" "read what the compiler says above"; }
    ! grep -q 'Generating native code' "$log" || cp "$log" "artifacts/native-warnings-$1.log"
}

# emulate: has an arm64 program of $program started by an emulator; does nothing on an arm64 machine.
emulate() {
    [ "$(processor)" != arm64 ] || return 0
    need qemu-aarch64-static qemu-user-static
    bash deploy/debian-root.sh artifacts/arm64-root arm64 libc6 'libssl3|libssl3t64' 'libgpiod2|libgpiod3'
    printf '#!/bin/sh\nexec qemu-aarch64-static -L "%s" "%s" "$@"\n' "$PWD/artifacts/arm64-root" "$program" \
        > artifacts/terminal-arm64
    chmod +x artifacts/terminal-arm64
    program=$PWD/artifacts/terminal-arm64
}
