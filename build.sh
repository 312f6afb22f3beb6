#!/usr/bin/env bash
# Runs the build program:  ./build.sh [targets...] [--parameter value...]      (./build.sh --help)
# Compiles it first when anything it is made of changed; otherwise it starts at once.
# Writes nothing to standard output itself, so that what the build writes there can be piped on.
set -euo pipefail

case ${BASH_SOURCE[0]} in
    */*) root=$(cd -- "${BASH_SOURCE[0]%/*}" && pwd) ;;
    *) root=$PWD ;;
esac
temp="$root/.nuke/temp"
programs="$temp/build"
path_dotnet=$(type -P dotnet || true)
own_dotnet="$temp/dotnet/dotnet"
install_script_url=https://dot.net/v1/dotnet-install.sh

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A first run of dotnet would make a developer certificate, and put its tools into the PATH of every user.
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
export NUKE_TELEMETRY_OPTOUT=1
# The build belongs to this folder, wherever it is called from.
export NUKE_ROOT="$root"

say() {
    printf 'build.sh: %s\n' "$1" >&2
}

# The files that the program is made of, by paths from the root. Any file counts; what editors put beside them does not.
inputs() {
    (cd -- "$root" && find -L build src tests/cluster/image build.sh global.json BannedSymbols.txt .editorconfig Directory.* [Nn]u[Gg]et.[Cc]onfig \
        \( -name bin -o -name obj \) -prune -o -type f ! -name '.*.sw?' ! -name '*~' "$@" 2>/dev/null) || true
}

# The SDKs beside a dotnet: together with global.json they decide which one compiles. Only a dotnet that has none beside it, as
# version managers put one on the PATH, is asked: that takes longer than --help.
sdks_of() {
    local dotnet=$1
    [ -x "$dotnet" ] || return 0
    [ ! -L "$dotnet" ] || dotnet=$(readlink -f -- "$dotnet")
    if [ -d "${dotnet%/*}/sdk" ]; then
        printf '%s\n' "$dotnet" "${dotnet%/*}"/sdk/*/
    else
        (cd -- "$root" && "$dotnet" --version) 2>&1 || true
    fi
}

# One name for all that the program is made of. By content, since times prove nothing: a checkout brings back old ones, and a
# deleted file has none.
fingerprint() {
    local checksum=(sha256sum) sum
    command -v sha256sum >/dev/null || checksum=(shasum -a 256)
    sum=$({
        printf '%s\n' "$HOSTTYPE $OSTYPE ${NukeEngine-}"
        sdks_of "$path_dotnet"
        sdks_of "$own_dotnet"
        cd -- "$root"
        inputs -print0 | LC_ALL=C sort -z | xargs -0 "${checksum[@]}"
    } | "${checksum[@]}")
    printf '%s\n' "${sum:0:20}"
}

# Becomes the program, if it was compiled: signals reach it, and its exit code is ours.
start() {
    local dotnet
    [ -f "$program/dotnet" ] || return 0
    dotnet=$(<"$program/dotnet")
    [ "$dotnet" != "$own_dotnet" ] || export DOTNET_ROOT="${dotnet%/*}" PATH="${dotnet%/*}:$PATH"
    : >"$program/used"
    exec 9>&-
    # A dump would hold the secrets in plain: none of .NET's own, and none of the kernel's, whatever the caller has switched on.
    # helm and all else that the program starts inherit both.
    export DOTNET_DbgEnableMiniDump=0 DOTNET_EnableCrashReport=0 DOTNET_EnableCrashReportOnly=0
    ulimit -c 0
    exec "$dotnet" "$program/_build.dll" "$@"
}

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
        say "needs curl or wget to fetch the .NET SDK that global.json asks for"
        return 1
    fi
}

install_dotnet() {
    say "no dotnet here satisfies global.json; installing one into .nuke/temp/dotnet"
    download "$install_script_url" "$temp/dotnet-install.sh" || return
    bash "$temp/dotnet-install.sh" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2
}

# Prints the dotnet to use.
find_dotnet() {
    local candidate
    for candidate in "$path_dotnet" "$own_dotnet"; do
        if satisfies_global_json "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    install_dotnet || return
    printf '%s\n' "$own_dotnet"
}

# MSBuild reads commas and semicolons in a property as the beginning of the next one, and what follows a percent sign as a code.
escaped() {
    local text=${1//%/%25}
    text=${text//,/%2C}
    printf '%s\n' "${text//;/%3B}"
}

# Prints what the compiler says, in a subshell that has let go of the lock. From nothing: what an older or an interrupted
# compilation left behind cannot do harm. The analyzers' word belongs to the tests. Leaves no server behind that would keep a CI
# step's output open.
dotnet_build() {
    exec 9>&-
    rm -rf "$new/program" "$new/obj"
    (cd -- "$root" && "$dotnet" build build/_build.csproj --configuration Release --artifacts-path "$(escaped "$new/obj")" -nologo \
        '-clp:NoSummary;ErrorsOnly' -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false \
        -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false -p:ProgramFolder="$(escaped "$new/program")" "$@" 2>&1)
}

# Where the feed has no ReadyToRun compiler, or it does not run here, the program is compiled as it starts.
build() {
    local output
    output=$(dotnet_build) && return
    case $output in
        *': error NU'* | *MSB3073*crossgen2*) output=$(dotnet_build -p:ReadyToRun=false) && return ;;
    esac
    printf '%s\n' "$output" >&2
    return 1
}

# Compiles into a folder of its own and gives it its name at the end: whoever runs an older program keeps it, an interrupted
# compilation has no name, and neither has one whose sources changed while it ran.
compile() {
    local dotnet from_the_future
    new="$programs/new.$$"
    trap 'rm -rf "$new"' EXIT
    rm -rf "$new"
    mkdir -p "$new"
    dotnet=$(find_dotnet)
    say "compiling the build"
    : >"$new/begun"
    from_the_future=$(inputs -newer "$new/begun" -print)
    build
    printf '%s\n' "$dotnet" >"$new/program/dotnet"
    if [ "$(fingerprint)" != "${program##*/}" ] || [ "$(inputs -newer "$new/begun" -print)" != "$from_the_future" ]; then
        say "the sources changed meanwhile"
    elif [ ! -e "$program" ]; then
        mv "$new/program" "$program"
    fi
    rm -rf "$new"
    trap - EXIT
}

# Deletes what was left by killed compilations, and programs that were not used for a day and do not run.
prune() {
    local folder running
    find "$programs" -mindepth 1 -maxdepth 1 -name 'new.*' -mmin +60 -exec rm -rf {} +
    running=$(ps -A -ww -o args= 2>/dev/null || cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ')
    find "$programs" -mindepth 2 -maxdepth 2 -name used -mtime +0 -print | while read -r folder; do
        folder=${folder%/used}
        case $running in *"$folder/"*) ;; *) rm -rf "$folder" ;; esac
    done
}

# The second round, under the lock, finds what another call compiled meanwhile; the third what this one did.
# Where there is no flock two calls may both compile, each in a folder of its own.
locked=
while true; do
    program="$programs/$(fingerprint)"
    start "$@"
    if [ -n "$locked" ]; then
        compile
        prune
    fi
    if [ -z "$locked" ]; then
        locked=yes
        mkdir -p "$programs"
        exec 9>"$temp/build.lock"
        ! command -v flock >/dev/null || flock 9
    fi
done
