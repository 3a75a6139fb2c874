#!/usr/bin/env bash
# Shows the main job on this machine: payments over a serial line, a gateway that misbehaves, and books that agree.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
exec dotnet run --project Terminal.Tests/Sandbox --no-build -c Release -- demo "${arguments[@]}"
