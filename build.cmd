@echo off
rem Starts the build on Windows: compiles it if need be, runs it. build.sh is the same with more care.
setlocal
set "ROOT=%~dp0"
set "PUBLISHED=%ROOT%.artifacts\publish\windows"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set DOTNET_TieredPGO=0
set OMP_WAIT_POLICY=PASSIVE

where dotnet >nul 2>nul
if errorlevel 1 (
  echo build.cmd: no .NET SDK on PATH; install the one that global.json asks for. 1>&2
  exit /b 2
)

pushd "%ROOT%"
dotnet publish build\Build.csproj -c Release -p:AheadOfTime=true -o "%PUBLISHED%" -nologo -v quiet --disable-build-servers 1>&2
if errorlevel 1 (
  popd
  exit /b 1
)
popd

dotnet "%PUBLISHED%\mlops-build.dll" %*
exit /b %ERRORLEVEL%
