# Runs the build program:  ./build.ps1 [targets...] [--parameter value...]      (./build.ps1 --help)
# Compiles it first when anything it is made of changed; otherwise it starts at once. The reasons stand in build.sh, its twin.
# No param block: PowerShell would take -v, -h and others for itself.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$temp = Join-Path $root '.nuke/temp'
$programs = Join-Path $temp 'build'
$windows = $env:OS -eq 'Windows_NT'
$ownFolder = Join-Path $temp 'dotnet'
$ownDotNet = Join-Path $ownFolder $(if ($windows) { 'dotnet.exe' } else { 'dotnet' })
$onPath = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
$pathDotNet = if ($onPath) { $onPath.Source } else { '' }
$installScriptUrl = 'https://dot.net/v1/dotnet-install.ps1'

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'
# A first run of dotnet would make a developer certificate, and put its tools into the PATH of every user.
$env:DOTNET_GENERATE_ASPNET_CERTIFICATE = 'false'
$env:DOTNET_ADD_GLOBAL_TOOLS_TO_PATH = 'false'
$env:DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE = 'true'
$env:NUKE_TELEMETRY_OPTOUT = '1'
# The build belongs to this folder, wherever it is called from.
$env:NUKE_ROOT = $root

function Write-Note([string] $text) { [Console]::Error.WriteLine("build.ps1: $text") }

# Runs a command in the root, where dotnet finds global.json; gives its output and leaves $LASTEXITCODE.
function Invoke-InRoot([scriptblock] $command) {
    Push-Location $root
    # Standard error of a native command must not end the script.
    $ErrorActionPreference = 'Continue'
    try { & $command 2>&1 | ForEach-Object { "$_" } } finally { Pop-Location }
}

# The files that the program is made of. Any file counts; what editors put beside them does not.
function Get-Inputs {
    $names = 'build.ps1', 'global.json', 'BannedSymbols.txt', '.editorconfig', 'Directory.*', 'NuGet.config'
    $files = @($names | ForEach-Object { [IO.Directory]::EnumerateFiles($root, $_) })
    foreach ($folder in 'build', 'src', 'tests/cluster/image' | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ }) {
        $files += @([IO.Directory]::EnumerateFiles($folder, '*', 'AllDirectories'))
    }
    return $files | Where-Object { $_.Substring($root.Length) -notmatch '[\\/](bin|obj)[\\/]|[\\/]\.[^\\/]*\.sw.$|~$' }
}

function Get-InputsSince([DateTime] $time) { (Get-Inputs | Where-Object { [IO.File]::GetLastWriteTimeUtc($_) -gt $time }) -join "`n" }

# The SDKs beside a dotnet: together with global.json they decide which one compiles.
function Get-Sdks([string] $dotnet) {
    if (-not $dotnet -or -not (Test-Path $dotnet)) { return }
    $target = (Get-Item $dotnet).Target | Select-Object -First 1
    if ($target) { $dotnet = [IO.Path]::GetFullPath([IO.Path]::Combine((Split-Path $dotnet), $target)) }
    $dotnet
    $sdks = Join-Path (Split-Path $dotnet) 'sdk'
    if (Test-Path $sdks) { [IO.Directory]::GetDirectories($sdks) | Sort-Object } else { Invoke-InRoot { & $dotnet --version } }
}

# One name for all that the program is made of, by content.
function Get-Fingerprint {
    $sha = [Security.Cryptography.SHA256]::Create()
    $lines = @("$env:PROCESSOR_ARCHITECTURE $([Environment]::OSVersion.Platform) $env:NukeEngine")
    $lines += @(Get-Sdks $pathDotNet) + @(Get-Sdks $ownDotNet)
    $lines += @(Get-Inputs | Sort-Object | ForEach-Object {
        $_.Substring($root.Length) + ' ' + [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($_)))
    })
    $sum = $sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($lines -join "`n"))
    return [BitConverter]::ToString($sum).Replace('-', '').Substring(0, 20).ToLowerInvariant()
}

function Test-DotNet([string] $path) {
    if (-not $path -or -not (Test-Path $path)) { return $false }
    Invoke-InRoot { & $path --version } | Out-Null
    return $LASTEXITCODE -eq 0
}

function Install-DotNet {
    Write-Note 'no dotnet here satisfies global.json; installing one into .nuke/temp/dotnet'
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $script = Join-Path $temp 'dotnet-install.ps1'
    Invoke-WebRequest -UseBasicParsing -Uri $installScriptUrl -OutFile $script
    & $script -JSonFile (Join-Path $root 'global.json') -InstallDir $ownFolder -NoPath | ForEach-Object { [Console]::Error.WriteLine("$_") }
}

function Find-DotNet {
    if (Test-DotNet $pathDotNet) { return $pathDotNet }
    if (-not (Test-DotNet $ownDotNet)) { Install-DotNet }
    return $ownDotNet
}

# Two calls at once compile one after the other: whoever has the file open goes first.
function Enter-Lock([string] $path) {
    while ($true) {
        try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
}

# What MSBuild would take for the end of a property, or for a code.
function Get-Escaped([string] $text) { $text.Replace('%', '%25').Replace(',', '%2C').Replace(';', '%3B') }

function Invoke-DotNetBuild([string] $dotnet, [string] $new, [string[]] $more) {
    foreach ($folder in "$new/program", "$new/obj") { if (Test-Path $folder) { Remove-Item -Recurse -Force $folder } }
    $escaped = Get-Escaped $new
    Invoke-InRoot {
        & $dotnet build build/_build.csproj --configuration Release --artifacts-path "$escaped/obj" -nologo `
            '-clp:NoSummary;ErrorsOnly' -nodeReuse:false -p:UseSharedCompilation=false -p:RunAnalyzers=false `
            -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false "-p:ProgramFolder=$escaped/program" @more
    }
}

# Compiles into a folder of its own and gives it its name at the end.
function Build-Program([string] $program) {
    $new = Join-Path $programs "new.$PID"
    New-Item -ItemType Directory -Force -Path $new | Out-Null
    try {
        $dotnet = Find-DotNet
        Write-Note 'compiling the build'
        $begun = [DateTime]::UtcNow
        $fromTheFuture = Get-InputsSince $begun
        $output = Invoke-DotNetBuild $dotnet $new @()
        if ($LASTEXITCODE -ne 0 -and "$output" -match ': error NU|MSB3073.*crossgen2') {
            $output = Invoke-DotNetBuild $dotnet $new @('-p:ReadyToRun=false')
        }
        if ($LASTEXITCODE -ne 0) {
            $output | ForEach-Object { [Console]::Error.WriteLine($_) }
            exit 1
        }
        [IO.File]::WriteAllText("$new/program/dotnet", $dotnet)
        if ((Get-InputsSince $begun) -ne $fromTheFuture -or (Join-Path $programs (Get-Fingerprint)) -ne $program) { Write-Note 'the sources changed meanwhile' }
        elseif (-not (Test-Path $program)) { [IO.Directory]::Move("$new/program", $program) }
    }
    finally { Remove-Item -Recurse -Force $new -ErrorAction SilentlyContinue }
}

# Deletes programs that were not used for a day and do not run: Windows renames no folder with a file in use. (Elsewhere build.sh does it.)
function Remove-OldPrograms {
    if (-not $windows) { return }
    Get-ChildItem $programs -Directory | Where-Object { $_.Name -like '*.old' } | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
    foreach ($used in Get-ChildItem "$programs/*/used" | Where-Object { $_.LastWriteTimeUtc -lt [DateTime]::UtcNow.AddDays(-1) }) {
        try { [IO.Directory]::Move($used.DirectoryName, "$($used.DirectoryName).old") } catch [IO.IOException] { continue }
        Remove-Item -Recurse -Force "$($used.DirectoryName).old"
    }
}

New-Item -ItemType Directory -Force -Path $programs | Out-Null
$program = Join-Path $programs (Get-Fingerprint)
if (-not (Test-Path "$program/dotnet")) {
    $lock = Enter-Lock (Join-Path $temp 'build.lock')
    try {
        # Under the lock: another call may have compiled it meanwhile, or the sources may change while this one does.
        while ($true) {
            $program = Join-Path $programs (Get-Fingerprint)
            if (Test-Path "$program/dotnet") { break }
            Build-Program $program
        }
        Remove-OldPrograms
    }
    finally { $lock.Dispose() }
}

$dotnet = [IO.File]::ReadAllText("$program/dotnet").Trim()
if ($dotnet -eq $ownDotNet) {
    $env:DOTNET_ROOT = $ownFolder
    $env:PATH = $ownFolder + [IO.Path]::PathSeparator + $env:PATH
}
[IO.File]::WriteAllText("$program/used", '')
# A console's own code page (437, 936, ...) lacks letters that the build prints. Without a console there is nothing to set.
if ($windows) { try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch [IO.IOException] { } }
# A dump would hold the secrets in plain: none of .NET's own, and none of the kernel's, whatever the caller has switched on.
# helm and all else that the program starts inherit both.
$env:DOTNET_DbgEnableMiniDump = $env:DOTNET_EnableCrashReport = $env:DOTNET_EnableCrashReportOnly = '0'
if ($windows) { & $dotnet "$program/_build.dll" @args }
else { & /bin/sh -c 'ulimit -c 0; exec "$@"' sh $dotnet "$program/_build.dll" @args }
exit $LASTEXITCODE
