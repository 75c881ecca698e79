using System.Text;
using Mlops.Engine;

namespace Mlops.Learning.Packaging;

/// <summary>A file name that every file system takes and that no two cells share.</summary>
public static class PackageFileName
{
    const int MostCharacters = 60;

    /// <returns>As <c>churn-1.2.0.zip</c>, or <c>demand-north-1.0.0.zip</c> for a cell.</returns>
    public static string Of(string pipeline, string? cell, string version) =>
        (cell is null ? Slug(pipeline) : $"{Slug(pipeline)}-{Slug(cell)}") + $"-{Plain(version, ".+-")}.zip";

    /// <summary>
    /// At most 60 lower-case ASCII letters, digits and single hyphens. Where more than blanks was replaced or
    /// cut off, eight digits of the name's digest keep "a/b" and "a b" apart.
    /// </summary>
    public static string Slug(string name)
    {
        var slug = Plain(name.ToLowerInvariant(), "");
        var faithful = slug.Length > 0 && name.Length <= MostCharacters
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-');
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
        var longest = plain.ToString(0, Math.Min(plain.Length, MostCharacters));
        return longest.TrimEnd('-');
    }
}
