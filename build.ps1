# Builds build/ and runs it:  ./build.ps1 [targets...] [--parameter value...]      (./build.ps1 --help)
# No param block: PowerShell would take -v, -h and others for itself.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$temp = Join-Path $root '.nuke/temp'
$installScriptUrl = 'https://dot.net/v1/dotnet-install.ps1'

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'
$env:NUKE_TELEMETRY_OPTOUT = '1'
# The build belongs to this folder, wherever it is called from.
$env:NUKE_ROOT = $root

# Runs a command in the root, where dotnet finds global.json; gives its output and leaves $LASTEXITCODE.
function Invoke-InRoot([scriptblock] $command) {
    Push-Location $root
    # Standard error of a native command must not end the script.
    $ErrorActionPreference = 'Continue'
    try { & $command 2>&1 | ForEach-Object { "$_" } } finally { Pop-Location }
}

function Test-DotNet([string] $path) {
    if (-not $path -or -not (Test-Path $path)) { return $false }
    Invoke-InRoot { & $path --version } | Out-Null
    return $LASTEXITCODE -eq 0
}

function Install-DotNet([string] $folder) {
    [Console]::Error.WriteLine('build.ps1: no dotnet here satisfies global.json; installing one into .nuke/temp/dotnet')
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $script = Join-Path $temp 'dotnet-install.ps1'
    Invoke-WebRequest -UseBasicParsing -Uri $installScriptUrl -OutFile $script
    & $script -JSonFile (Join-Path $root 'global.json') -InstallDir $folder -NoPath | ForEach-Object { [Console]::Error.WriteLine("$_") }
}

function Find-DotNet {
    $command = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($command -and (Test-DotNet $command.Source)) { return $command.Source }

    $folder = Join-Path $temp 'dotnet'
    $name = if ($env:OS -eq 'Windows_NT') { 'dotnet.exe' } else { 'dotnet' }
    $own = Join-Path $folder $name
    if (-not (Test-DotNet $own)) { Install-DotNet $folder }
    $env:DOTNET_ROOT = $folder
    $env:PATH = $folder + [IO.Path]::PathSeparator + $env:PATH
    return $own
}

# Two calls at once must not install or compile over each other: whoever has the file open goes first.
function Enter-Lock([string] $path) {
    while ($true) {
        try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
}

New-Item -ItemType Directory -Force -Path $temp | Out-Null
$lock = Enter-Lock (Join-Path $temp 'build.lock')
try {
    $dotnet = Find-DotNet
    # Silent unless it fails. Leaves no server behind that would keep a CI step open.
    $output = Invoke-InRoot {
        & $dotnet build build/_build.csproj --configuration Debug -nologo '-clp:NoSummary;ErrorsOnly' `
            -nodeReuse:false -p:UseSharedCompilation=false
    }
    if ($LASTEXITCODE -ne 0) {
        $code = $LASTEXITCODE
        $output | ForEach-Object { [Console]::Error.WriteLine($_) }
        exit $code
    }
}
finally {
    $lock.Dispose()
}

& $dotnet (Join-Path $root 'build/bin/Debug/_build.dll') @args
exit $LASTEXITCODE
