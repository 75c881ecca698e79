#!/usr/bin/env bash
# Starts the build: finds or installs the SDK, compiles the build if a source is newer, runs it.
set -euo pipefail
shopt -s globstar nullglob

root=${BASH_SOURCE[0]%/*}
[[ $root == "${BASH_SOURCE[0]}" ]] && root=.
root=$(cd "$root" && pwd)
published=$root/.artifacts/publish/Build
stamp=$published/.stamp

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Idle OpenMP threads of LightGBM would spin and take the cores from the others.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
export DOTNET_TieredPGO=${DOTNET_TieredPGO:-0}

fail() {
  echo "build.sh: $1" >&2
  exit 2
}

install_sdk() {
  local script=$root/.dotnet/dotnet-install.sh url=https://dot.net/v1/dotnet-install.sh
  echo "Installing the .NET SDK that global.json asks for ..." >&2
  mkdir -p "$root/.dotnet"
  if command -v curl > /dev/null; then
    curl -fsSL --retry 2 "$url" -o "$script" || fail "no .NET SDK as in global.json, and $url cannot be reached"
  elif command -v wget > /dev/null; then
    wget -q "$url" -O "$script" || fail "no .NET SDK as in global.json, and $url cannot be reached"
  else
    fail "no .NET SDK as in global.json, and neither curl nor wget to fetch it"
  fi
  bash "$script" --jsonfile "$root/global.json" --install-dir "$root/.dotnet" --no-path >&2 \
    || bash "$script" --channel 10.0 --install-dir "$root/.dotnet" --no-path >&2 \
    || fail "the .NET SDK could not be installed into .dotnet"
}

find_sdk() {
  # From the root, since global.json is looked for from the working directory upwards.
  if (cd "$root" && command -v dotnet > /dev/null && dotnet --version) > /dev/null 2>&1; then
    return
  fi
  if ! (cd "$root" && "$root/.dotnet/dotnet" --version) > /dev/null 2>&1; then
    install_sdk
  fi
  export PATH=$root/.dotnet:$PATH
}

# Folders too: removing a file changes the time of its folder only.
is_fresh() {
  [[ -f $stamp && -f $published/mlops-build.dll ]] || return 1
  local source
  for source in "$root"/{src,build}/ "$root"/{src,build}/**/ "$root"/{src,build}/**/*.{cs,csproj} \
    "$root"/src/**/*.json "$root"/build/packages.lock.json "$root"/Directory.* "$root"/global.json; do
    [[ $source -nt $stamp ]] && return 1
  done
  return 0
}

compile() {
  echo "Compiling the build ..." >&2
  local fresh=$root/.artifacts/publish/Build.$$ log=$root/.artifacts/publish/Build.$$.log started
  mkdir -p "$fresh"
  started=$fresh/.stamp
  : > "$started"
  if ! (cd "$root" && dotnet publish build/Build.csproj -c Release -o "$fresh" -nologo -v quiet --disable-build-servers < /dev/null > "$log" 2>&1 9>&-); then
    cat "$log" >&2
    rm -rf "$fresh" "$log"
    exit 1
  fi
  rm -rf "$published"
  mv "$fresh" "$published"
  rm -f "$log"
}

if ! is_fresh; then
  find_sdk
  mkdir -p "$root/.artifacts/publish"
  if command -v flock > /dev/null; then
    exec 9> "$root/.artifacts/publish/lock"
    flock 9
    is_fresh || compile
    exec 9>&-
  else
    compile
  fi
fi

if [[ -x $root/.dotnet/dotnet ]]; then
  export PATH=$root/.dotnet:$PATH
fi
exec dotnet "$published/mlops-build.dll" "$@"
