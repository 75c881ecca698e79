namespace Mlops.Pipelines.Specification;

/// <summary>Finds what a person probably meant.</summary>
static class Nearest
{
    /// <summary><c>did you mean 'leaves'?</c> after <paramref name="before"/>, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> known, string before = "") =>
        To(name, known) is { } nearest ? $"{before}did you mean '{nearest}'?" : "";

    /// <returns>The known name that is fewest edits away, within a third of the letters; else null.</returns>
    public static string? To(string name, IEnumerable<string> known)
    {
        var wanted = Normal(name);
        var best = known
            .Select(candidate => (Name: candidate, Edits: Edits(wanted, Normal(candidate))))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Edits <= (wanted.Length + 2) / 3 ? best.Name : null;
    }

    static string Normal(string name) =>
        (name.Length > 64 ? name[..64] : name).ToLowerInvariant().Replace('_', '-');

    /// <summary>Optimal string alignment: insert, delete, replace and swap neighbours at one edit each.</summary>
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
