namespace Mlops.Engine;

/// <summary>Which known names a person may have meant.</summary>
public static class NearestNames
{
    const int MostSuggested = 3;
    const int MostListed = 12;
    const int LongestCompared = 64;

    /// <returns>
    /// The known names that are fewest edits away, at most three, and within a third of the letters; letter
    /// case and underscores for hyphens count as no edit.
    /// </returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var wanted = Normal(name);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(candidate => (Name: candidate, Edits: Edits(wanted, Normal(candidate))))
                .Where(candidate =>
                    candidate.Edits <= Math.Max(1, Math.Max(wanted.Length, candidate.Name.Length) / 3))
                .OrderBy(candidate => candidate.Edits)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(MostSuggested).Select(candidate => candidate.Name),
        ];
    }

    /// <summary><c>did you mean 'leaves'?</c> after <paramref name="before"/>, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known, string before = "") =>
        Of(name, known) is [var nearest, ..] ? $"{before}did you mean '{nearest}'?" : "";

    /// <summary>"Did you mean 'price'?", or the known names where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var near = Of(name, names);
        if (near.Count > 0)
            return $"Did you mean {string.Join(" or ", near.Select(candidate => $"'{candidate}'"))}?";
        return names.Length == 0 ? "There are none." : $"Known are {Listed(names)}.";
    }

    /// <summary>"perhaps 'price'", or the known names where none is near.</summary>
    public static string Perhaps(string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var near = Of(name, names);
        return near.Count > 0
            ? $"perhaps {string.Join(", ", near.Select(candidate => $"'{candidate}'"))}"
            : $"one of {Listed(names)}";
    }

    /// <summary>The names in quotes, at most twelve of them.</summary>
    public static string Listed(IReadOnlyCollection<string> names)
    {
        var listed = string.Join(", ", names.Take(MostListed).Select(name => $"'{name}'"));
        return names.Count > MostListed ? $"{listed} and {names.Count - MostListed} more" : listed;
    }

    static string Normal(string name) =>
        (name.Length > LongestCompared ? name[..LongestCompared] : name).ToLowerInvariant().Replace('_', '-');

    /// <summary>
    /// Optimal string alignment: insert, delete, replace and swap neighbours at one edit each.
    /// </summary>
    static int Edits(string from, string to)
    {
        var edits = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            edits[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            edits[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
            for (var j = 1; j <= to.Length; j++)
            {
                var replace = edits[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(replace, 1 + Math.Min(edits[i - 1, j], edits[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], 1 + edits[i - 2, j - 2]);
            }
        return edits[from.Length, to.Length];
    }
}
