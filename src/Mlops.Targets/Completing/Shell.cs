namespace Mlops.Targets;

/// <summary>Shells that can be taught to complete.</summary>
public enum Shell
{
    Bash,
    Zsh,
    Fish,
    PowerShell,
}

/// <summary>What each shell has to be told once, usually from its start-up file.</summary>
static class ShellScripts
{
    public static string Of(Shell shell) => shell switch
    {
        Shell.Bash => Bash,
        Shell.Zsh => Zsh,
        Shell.Fish => Fish,
        _ => PowerShell,
    };

    /// <remarks>
    /// An equals sign ends a word for bash; the words are taken from the line as it was typed.
    /// </remarks>
    const string Bash = """
        # Completion of ./build.sh for bash: source <(./build.sh --completion bash)
        _mlops_build() {
          local line=${COMP_LINE:0:COMP_POINT} words
          read -ra words <<< "$line"
          [[ $line == *' ' ]] && words+=("")
          local typed=${words[-1]} candidate
          COMPREPLY=()
          while IFS=$'\t' read -r candidate _; do
            [[ $typed == *=* ]] && candidate=${candidate#*=}
            COMPREPLY+=("$(printf '%q' "$candidate")")
            [[ $candidate == *= ]] && compopt -o nospace
          done < <("${words[0]}" --complete -- "${words[@]:1}" 2> /dev/null)
        }
        complete -o default -o nosort -F _mlops_build ./build.sh build.sh

        """;

    const string Zsh = """
        # Completion of ./build.sh for zsh: source <(./build.sh --completion zsh)
        _mlops_build() {
          local -a candidates
          local candidate description
          while IFS=$'\t' read -r candidate description; do
            candidates+=("${candidate//:/\\:}:$description")
          done < <("${words[1]}" --complete -- "${(@)words[2,CURRENT]}" 2> /dev/null)
          (( ${#candidates} )) && _describe 'build' candidates || _files
        }
        compdef _mlops_build ./build.sh build.sh

        """;

    const string Fish = """
        # Completion of ./build.sh for fish: ./build.sh --completion fish | source
        function __mlops_build
          set -l words (commandline -opc) (commandline -ct)
          $words[1] --complete -- $words[2..-1] 2> /dev/null
        end
        complete -c build.sh -a '(__mlops_build)'
        complete -c ./build.sh -a '(__mlops_build)'

        """;

    const string PowerShell = """
        # Completion of ./build.cmd and ./build.sh for PowerShell: ./build.cmd --completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName build.cmd, build.sh, build -ScriptBlock {
          param($typed, $tree, $cursor)
          $words = @($tree.CommandElements | Where-Object { $_.Extent.EndOffset -le $cursor } | ForEach-Object { $_.ToString() })
          $before = @($words | Select-Object -Skip 1)
          if ($typed -eq '') { $before += '""' }
          & $words[0] --complete -- @before 2> $null | ForEach-Object {
            $text, $description = $_ -split "`t", 2
            [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $(if ($description) { $description } else { $text }))
          }
        }

        """;
}
