using System.Text.RegularExpressions;

namespace Mlops.Benchmarks.Ahead;

/// <summary>What a process told, by <c>DOTNET_JitDisasmSummary</c>, that it had to compile itself.</summary>
static partial class JittedMethods
{
    /// <summary>
    /// As <c>Namespace.Type`1[Argument]:Method[Argument]</c>, without parameters: an overload more is no
    /// loss, and a parameter that gets another type none either.
    /// </summary>
    public static IEnumerable<string> In(string summary) =>
        Line.Matches(summary).Select(match => match.Groups[1].Value)
            .Where(name => name.Contains('[') && !Unfit.IsMatch(name));

    /// <summary>
    /// Of the first tier only: what was compiled once more since it is hot has been precompiled, and what
    /// asks for full optimization never is.
    /// </summary>
    [GeneratedRegex(@"(?m)^ *\d+: JIT compiled ([^\n:(]+:[^\n(]+)\([^\n]*\) \[Tier0,")]
    private static partial Regex Line { get; }

    /// <summary>
    /// Vectors, as wide as the machine's, are never precompiled. What the C# compiler adds to an assembly, it
    /// adds by the same name to many. One package is kept apart (<c>AheadApart</c>). What it names of our own
    /// methods it numbers: an edit may give another one that name, and then that is compiled ahead in vain.
    /// </summary>
    [GeneratedRegex(@"Numerics\.Vector|Intrinsics\.Vector|Ascii|(^|[\[,])<|Microsoft\.Data\.Analysis")]
    private static partial Regex Unfit { get; }
}
