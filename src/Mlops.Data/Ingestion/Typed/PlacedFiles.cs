using System.IO.Enumeration;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>Where the files lie that a statement may name.</summary>
sealed class PlacedFiles(IReadOnlyList<SourceFile> files, string root)
{
    /// <returns>Null where the text names none of them, be it by a pattern.</returns>
    public string? Find(string text)
    {
        var name = text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
        return files.Any(file => file.Name == name)
            || (name.AsSpan().ContainsAny('*', '?') && files.Any(file => Fits(name, file.Name)))
                ? root + name : null;
    }

    /// <summary>Good enough to tell a pattern from a text: DuckDB itself says what it matches.</summary>
    static bool Fits(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(
            pattern.Replace("**", "*", StringComparison.Ordinal), name, ignoreCase: false);
}
