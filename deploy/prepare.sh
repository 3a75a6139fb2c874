# Sourced by demo.sh and test.sh: installs what is missing, builds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

die() { echo "error: $1" >&2; echo "next step: $2" >&2; exit 1; }

command -v dotnet > /dev/null || die "the .NET SDK is missing" "install the .NET 10 SDK and put 'dotnet' on the PATH"
case "$(dotnet --version)" in 10.*) ;; *) die ".NET SDK $(dotnet --version) is not 10.x" "install the .NET 10 SDK" ;; esac

# command or library file → Debian package
need() {
    local missing=()
    while [ $# -gt 0 ]; do
        case "$1" in
            lib*) ldconfig -p | grep -q "$1" || missing+=("$2") ;;
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
need libmosquitto.so.1 libmosquitto1 mosquitto mosquitto openssl openssl

arguments=("$@")
build=(-c Release -v q)
echo "building ..."
dotnet build Terminal.sln "${build[@]}"
