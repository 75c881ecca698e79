using System.Text;
using Mlops.Engine;

namespace Mlops.Learning.Packaging;

/// <summary>A file name that every file system takes and that no two cells share.</summary>
public static class PackageFileName
{
    /// <returns>As <c>churn-1.2.0.zip</c>, or <c>demand-north-1.0.0.zip</c> for a cell.</returns>
    public static string Of(string pipeline, string? cell, string version) =>
        (cell is null ? Slug(pipeline) : $"{Slug(pipeline)}-{Slug(cell)}") + $"-{Plain(version, ".+-")}.zip";

    /// <summary>
    /// Lower-case ASCII letters, digits and single hyphens. Where other characters than blanks were replaced,
    /// eight digits of the name's digest keep "a/b" and "a b" apart.
    /// </summary>
    public static string Slug(string name)
    {
        var slug = Plain(name.ToLowerInvariant(), "");
        var faithful = slug.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-');
        if (faithful)
            return slug;
        var digest = Digest.Of(Encoding.UTF8.GetBytes(name)).ToString()[..8];
        return slug.Length == 0 ? digest : $"{slug}-{digest}";
    }

    static string Plain(string text, string kept)
    {
        var plain = new StringBuilder();
        foreach (var c in text)
            if (char.IsAsciiLetterOrDigit(c) || kept.Contains(c))
                plain.Append(c);
            else if (plain.Length > 0 && plain[^1] != '-')
                plain.Append('-');
        return plain.ToString().TrimEnd('-') is { Length: > 60 } longer ? longer[..60] : plain.ToString().TrimEnd('-');
    }
}
