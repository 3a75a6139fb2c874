#!/usr/bin/env bash
# Shows the main job on this machine, with the native program that ships: payments over a serial line, a gateway that
# misbehaves, and books that agree. --arm64: with the program for the Raspberry Pi, emulated; --managed: as built by
# "dotnet build"; --book-on-completion: with a till that books later.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need mosquitto mosquitto openssl openssl
way=native
for i in "${!arguments[@]}"; do
    case "${arguments[i]}" in
        --arm64) way=arm64; unset "arguments[i]" ;;
        --managed) way=managed ;;
    esac
done
build
case $way in
    native) publish "$(processor)" ;;
    arm64) publish arm64; emulate; export TERMINAL_PROGRAM=$program ;;
esac
exec dotnet run --project Terminal.Tests/Sandbox --no-build -c Release -- demo "${arguments[@]}"
