#!/usr/bin/env bash
# Builds build/ and runs it:  ./build.sh [targets...] [--parameter value...]      (./build.sh --help)
# Writes nothing to standard output itself, so that what the build writes there can be piped on.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
temp="$root/.nuke/temp"
install_script_url=https://dot.net/v1/dotnet-install.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export NUKE_TELEMETRY_OPTOUT=1
# The build belongs to this folder, wherever it is called from.
export NUKE_ROOT="$root"

# A dotnet counts if it has the SDK that global.json asks for; it looks for global.json from the current folder upwards.
satisfies_global_json() {
    [ -x "$1" ] && (cd -- "$root" && "$1" --version) >/dev/null 2>&1
}

download() {
    if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --retry 3 --output "$2" "$1"
    elif command -v wget >/dev/null; then
        wget --quiet --output-document="$2" "$1"
    else
        echo "build.sh: needs curl or wget to fetch the .NET SDK that global.json asks for" >&2
        return 1
    fi
}

install_dotnet() {
    echo "build.sh: no dotnet here satisfies global.json; installing one into .nuke/temp/dotnet" >&2
    download "$install_script_url" "$temp/dotnet-install.sh" || return
    bash "$temp/dotnet-install.sh" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2
}

# Prints the dotnet to use.
find_dotnet() {
    local candidate
    for candidate in "$(command -v dotnet || true)" "$temp/dotnet/dotnet"; do
        if satisfies_global_json "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    install_dotnet || return
    printf '%s\n' "$temp/dotnet/dotnet"
}

# Silent unless it fails. Leaves no server behind that would keep the lock or a CI step's output open.
build() {
    local output
    output=$(cd -- "$root" && "$dotnet" build build/_build.csproj --configuration Debug -nologo '-clp:NoSummary;ErrorsOnly' \
        -nodeReuse:false -p:UseSharedCompilation=false 2>&1 9>&-) || {
        local code=$?
        printf '%s\n' "$output" >&2
        return "$code"
    }
}

# Two calls at once must not install or compile over each other. Where there is no flock, they may.
mkdir -p "$temp"
exec 9>"$temp/build.lock"
if command -v flock >/dev/null; then
    flock 9
fi
dotnet=$(find_dotnet)
if [ "$dotnet" = "$temp/dotnet/dotnet" ]; then
    export DOTNET_ROOT="$temp/dotnet" PATH="$temp/dotnet:$PATH"
fi
build
exec 9>&-

# exec: signals reach the build, and its exit code is ours.
exec "$dotnet" "$root/build/bin/Debug/_build.dll" "$@"
