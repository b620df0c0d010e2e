@echo off
rem Runs Cde Workbench on Windows. Builds on first use and when a source is newer than the build.
setlocal
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
where dotnet >nul 2>nul || (
    echo cde: the .NET 10 SDK is missing; type:  winget install Microsoft.DotNet.SDK.10 1>&2
    exit /b 1
)
set "CDE_APP=%~dp0artifacts\app\windows"
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$s = Get-Item -ErrorAction SilentlyContinue '%CDE_APP%\stamp'; if (-not $s) { exit 1 };" ^
    "$n = Get-ChildItem -Recurse -File '%~dp0src', '%~dp0Directory.Build.props', '%~dp0Directory.Packages.props', '%~dp0global.json' |" ^
    "Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' -and $_.LastWriteTimeUtc -gt $s.LastWriteTimeUtc } | Select-Object -First 1;" ^
    "if ($n) { exit 1 }"
if errorlevel 1 (
    echo cde: building, about a minute, once 1>&2
    dotnet publish "%~dp0src\Cde.Kernels" -c Release --use-current-runtime --self-contained false --artifacts-path "%~dp0artifacts\build" ^
        -o "%CDE_APP%" 1>&2 || exit /b 1
    type nul > "%CDE_APP%\stamp"
)
dotnet "%CDE_APP%\Cde.Kernels.dll" %*
exit /b %errorlevel%
