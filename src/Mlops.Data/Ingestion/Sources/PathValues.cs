namespace Mlops.Data.Ingestion;

/// <summary>Values that stand in a file's path, as in <c>market=DE/2026-03.csv</c>.</summary>
static class PathValues
{
    /// <summary>What Hive and its kin write for no value.</summary>
    const string Missing = "__HIVE_DEFAULT_PARTITION__";

    /// <returns>Each folder of the form <c>key=value</c>, percent signs decoded;
    /// a missing value is "".</returns>
    public static IReadOnlyList<PathValue> Of(string name)
    {
        var folders = name.Split('/');
        var values = new List<PathValue>();
        foreach (var folder in folders[..^1])
            if (folder.IndexOf('=') is var at and > 0)
            {
                var value = Uri.UnescapeDataString(folder[(at + 1)..]);
                values.Add(new PathValue(
                    Uri.UnescapeDataString(folder[..at]), value == Missing ? "" : value));
            }
        return values;
    }

    /// <summary>
    /// Which columns the paths give: those that are asked for, or else those that all paths have.
    /// </summary>
    public static IReadOnlyList<string> Columns(
        IReadOnlyList<string> names, IReadOnlyList<string>? partitions)
    {
        if (partitions is not null)
            return partitions;
        var common = Of(names[0]).Select(value => value.Column).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 1; i < names.Count && common.Count > 0; i++)
        {
            var values = Of(names[i]);
            common.RemoveAll(column => values.All(value => value.Column != column));
        }
        return common;
    }
}

sealed record PathValue(string Column, string Value);
