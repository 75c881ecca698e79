namespace Mlops.Data.Tables;

/// <summary>Which known names a person may have meant.</summary>
static class NearestNames
{
    const int MaxSuggestions = 3;

    /// <summary>"Did you mean 'price'?", or all known names where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var near = names
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= (name.Length <= 3 ? 1 : Math.Max(2, name.Length / 3)))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(MaxSuggestions).Select(pair => $"'{pair.candidate}'").ToList();
        if (near.Count > 0)
            return $"Did you mean {string.Join(" or ", near)}?";
        return names.Count == 0 ? "There are none." : $"Known are {Listed(names)}.";
    }

    /// <summary>The names in quotes, at most twelve of them.</summary>
    public static string Listed(IReadOnlyCollection<string> names)
    {
        const int most = 12;
        var listed = string.Join(", ", names.Take(most).Select(name => $"'{name}'"));
        return names.Count > most ? $"{listed} and {names.Count - most} more" : listed;
    }

    /// <summary>Levenshtein's edit distance, letters compared without case.</summary>
    static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                current[j] = Math.Min(
                    Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            (previous, current) = (current, previous);
        }
        return previous[right.Length];
    }
}
