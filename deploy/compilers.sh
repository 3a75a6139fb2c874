#!/usr/bin/env bash
# Installs what "dotnet publish Terminal -c Release -r linux-x64" and "-r linux-arm64" need beside the .NET SDK.
source "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"
need_linker x64
need_linker arm64
echo "ready to compile for linux-x64 and linux-arm64"
