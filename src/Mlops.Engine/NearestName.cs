namespace Mlops.Engine;

/// <summary>Finds what a person may have meant.</summary>
public static class NearestName
{
    /// <returns>The known names closest to the given one by edit distance, at most three; none if all are far.</returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(2, name.Length / 3);
        return
        [
            .. known.Distinct().Select(candidate => (candidate, distance: Distance(name, candidate)))
                .Where(pair => pair.distance <= limit)
                .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
                .Take(3).Select(pair => pair.candidate),
        ];
    }

    /// <summary>Levenshtein's distance, letter case apart.</summary>
    static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + cost);
                diagonal = above;
            }
        }
        return row[right.Length];
    }
}
