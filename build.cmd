@echo off
rem Starts the build on Windows: compiles it if need be, runs it. build.sh is the same with more care.
setlocal
set "ROOT=%~dp0"
set "PUBLISHED=%ROOT%.artifacts\publish\windows"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set DOTNET_TieredPGO=0
set DOTNET_EnableWriteXorExecute=0
set DOTNET_GCgen0size=4000000
set OMP_WAIT_POLICY=PASSIVE

if exist "%ROOT%.dotnet\dotnet.exe" set "PATH=%ROOT%.dotnet;%PATH%"
pushd "%ROOT%"
dotnet --version >nul 2>nul
if errorlevel 1 call :install
if errorlevel 1 (
  popd
  exit /b 2
)
dotnet publish build\Build.csproj -c Release -p:AheadOfTime=true -p:RunAnalyzers=false -o "%PUBLISHED%" -nologo -v quiet --disable-build-servers 1>&2
if errorlevel 1 (
  popd
  exit /b 1
)
popd

rem Compiled ahead, it fits the framework that it was compiled with.
set DOTNET_ROLL_FORWARD=
dotnet "%PUBLISHED%\mlops-build.dll" %*
exit /b %ERRORLEVEL%

:install
echo Installing the .NET SDK that global.json asks for ... 1>&2
powershell -NoProfile -ExecutionPolicy Bypass -Command "$ErrorActionPreference='Stop'; [Net.ServicePointManager]::SecurityProtocol='Tls12'; Invoke-WebRequest https://dot.net/v1/dotnet-install.ps1 -OutFile '%TEMP%\dotnet-install.ps1'; & '%TEMP%\dotnet-install.ps1' -JSonFile '%ROOT%global.json' -InstallDir '%ROOT%.dotnet' -NoPath"
if errorlevel 1 (
  echo build.cmd: no .NET SDK as in global.json, and it could not be installed. 1>&2
  exit /b 2
)
set "PATH=%ROOT%.dotnet;%PATH%"
exit /b 0
