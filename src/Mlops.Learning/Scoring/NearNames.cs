namespace Mlops.Learning.Scoring;

/// <summary>The known names that someone most likely meant.</summary>
static class NearNames
{
    const int MostNames = 3;

    /// <returns>"one of: a, b" by rising edit distance, or "any of n names" without a near one.</returns>
    public static string Sentence(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        var near = all
            .Select(other => (Name: other, Distance: Distance(name.ToLowerInvariant(), other.ToLowerInvariant())))
            .Where(other => other.Distance <= Math.Max(2, name.Length / 2))
            .OrderBy(other => other.Distance).ThenBy(other => other.Name, StringComparer.Ordinal)
            .Take(MostNames).Select(other => $"'{other.Name}'").ToList();
        if (near.Count == 0)
            near = [.. all.Take(MostNames).Select(other => $"'{other}'")];
        return near.Count == 0 ? "a table with columns" : $"perhaps {string.Join(", ", near)}";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
