#!/usr/bin/env bash
# Starts the build: finds or installs the SDK, compiles the build if a source is newer, runs it.
set -euo pipefail
shopt -s globstar nullglob

# Without a second process: this is the way of every start, also of one that has nothing to do.
root=${BASH_SOURCE[0]%/*}
[[ $root == "${BASH_SOURCE[0]}" ]] && root=.
cd "$root" && root=$PWD && cd "$OLDPWD"
publish_folder=$root/.artifacts/publish
published= host=dotnet

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Idle OpenMP threads of LightGBM would spin and take the cores from the others.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
export DOTNET_TieredPGO=${DOTNET_TieredPGO:-0}
# A tenth of a start goes into mapping every piece of compiled code twice; what runs here are the repository's own programs.
export DOTNET_EnableWriteXorExecute=${DOTNET_EnableWriteXorExecute:-0}
# 64 MB, in hexadecimal: most runs need no more, and end before the garbage collector has to look at anything.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-4000000}

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

# Sets $published, $host and $framework, and says whether it is newer than all sources.
is_fresh() {
  local name= source
  host=dotnet framework=
  [[ -f $publish_folder/current ]] && read -r name < "$publish_folder/current"
  published=$publish_folder/$name
  [[ -n $name && -f $published/.stamp && -f $published/mlops-build.dll ]] || return 1
  # What was compiled ahead fits one framework, and is started by the host that has it.
  if [[ -f $published/.framework ]]; then
    { read -r host && read -r framework; } < "$published/.framework" || return 1
    [[ -x $host && -d $framework && ! $framework -nt $published/.stamp ]] || return 1
  fi
  # Folders too: removing a file changes the time of its folder only.
  for source in "$root"/{src,build} "$root"/{src,build}/** "$root"/Directory.* "$root"/global.json; do
    [[ $source -nt $published/.stamp && $source != *.md && $source != */parameters*.json ]] && return 1
  done
  return 0
}

publish() {
  # No server may outlive this and keep the lock; no server may hold on to the terminal either.
  # Style is for ./build.sh Compile to judge: whoever edits a hook wants to see it run.
  (cd "$root" && dotnet publish build/Build.csproj -c Release -o "$fresh" -nologo -v quiet \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false --disable-build-servers "$@" < /dev/null > "$log" 2>&1 9>&-)
}

# Assemblies that were compiled ahead fit those alone that they were compiled with. Where something else, an editor
# say, compiles the same projects meanwhile, what it replaced is compiled ahead again.
publish_ahead() {
  local tries
  for tries in 1 2 3; do
    publish -p:AheadOfTime=true || return 1
    is_overtaken || return 0
  done
  echo "Something else keeps compiling the projects below src and build. Start again when it has ended." > "$log"
  return 1
}

is_overtaken() {
  local objects=$root/.artifacts/obj compiled source
  for compiled in "$objects"/ahead/*.dll; do
    for source in "$objects"/*/release/"${compiled##*/}"; do
      [[ $source -nt $objects/ahead/.began ]] && return 0
    done
  done
  return 1
}

compile() {
  echo "Compiling the build ..." >&2
  local fresh=$publish_folder/$$-$RANDOM
  local log=$fresh.log
  mkdir -p "$fresh"
  # shellcheck disable=SC2064 # The names of now.
  trap "rm -rf '$fresh' '$log'" EXIT
  # As old as the beginning: what is saved while the compiler runs is newer.
  : > "$fresh/.stamp"
  echo "$$" > "$fresh/.running"
  if ! publish_ahead; then
    if ! grep -q 'error NU.*Crossgen2' "$log" || ! publish; then
      cat "$log" >&2
      exit 1
    fi
    echo "(the ahead-of-time compiler could not be restored: each start will take a little longer)" >&2
  fi
  trap - EXIT
  rm -f "$log"
  echo "${fresh##*/}" > "$publish_folder/next.$$"
  mv "$publish_folder/next.$$" "$publish_folder/current"
  is_fresh || true
  remove_unused
}

# A build that still runs loads its assemblies when it needs them: its folder stays until it has ended.
remove_unused() {
  local folder pid in_use
  for folder in "$publish_folder"/*/; do
    folder=${folder%/}
    in_use=
    [[ $folder == "$published" ]] && continue
    [[ -f $folder/.running ]] && while read -r pid; do
      kill -0 "$pid" 2> /dev/null && in_use=yes
    done < "$folder/.running"
    [[ -z $in_use ]] && rm -rf "$folder"
  done
  return 0
}

if ! is_fresh; then
  find_sdk
  mkdir -p "$publish_folder"
  if command -v flock > /dev/null; then
    exec 9> "$publish_folder/lock"
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
# The process keeps this number.
{ echo "$$" >> "$published/.running"; } 2> /dev/null || true
unset DOTNET_ROLL_FORWARD DOTNET_ROLL_FORWARD_TO_PRERELEASE
exec "$host" "$published/mlops-build.dll" "$@"
