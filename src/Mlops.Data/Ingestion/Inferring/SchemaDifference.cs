using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>In which ways a source's columns are not the declared ones, in words.</summary>
static class SchemaDifference
{
    /// <param name="lacking">Those of the declared columns that the source should have and has not;
    /// at least one.</param>
    /// <param name="line">Of the header; null where there is none.</param>
    /// <param name="titles">How many lines look like titles above the header; 0 for none.</param>
    public static Problem Of(
        IReadOnlyList<string> declared, IReadOnlyList<string> found, IReadOnlyList<string> lacking,
        int? line = null, int titles = 0)
    {
        var extra = found.Except(declared, StringComparer.Ordinal).ToList();
        return new Problem(
            "DATA-021", lacking is [var only]
                ? $"The file has no column '{only}'."
                : $"The file lacks {lacking.Count} columns: {NearestNames.Listed([.. lacking])}.",
            new Place("", line, Field: lacking[0]),
            Expected: $"the declared columns, among them {NearestNames.Listed([.. lacking])}",
            Actual: Actual(declared, found, extra),
            Next: (titles > 0 ? Titles("Its", titles) : Renamed(lacking, extra))
                + "Bring the file with them, correct data.columns, or set data.on-schema-change: adapt, "
                + "to take them as missing.");
    }

    /// <returns>A sentence with a blank behind it, or nothing.</returns>
    public static string Titles(string whose, int titles) =>
        titles == 0 ? "" : $"{TitleLines.Advice(whose, titles)}. ";

    /// <summary>What was perhaps renamed, or is spelt otherwise.</summary>
    /// <returns>Sentences with a blank behind each, or nothing.</returns>
    public static string Renamed(IReadOnlyList<string> lacking, IReadOnlyList<string> extra)
    {
        var renamed = lacking.Select(name =>
            (Name: name, Near: NearestNames.Of(name, extra) is [var nearest, ..] ? nearest : null))
            .Where(pair => pair.Near is not null).Select(pair => $"'{pair.Near}' for '{pair.Name}'").ToList();
        return ComposedNames.Hint(lacking, extra)
            + (renamed.Count > 0 ? $"Was it renamed, {string.Join(", ", renamed)}? " : "");
    }

    static string Actual(IReadOnlyList<string> declared, IReadOnlyList<string> found, List<string> extra)
    {
        var common = found.Where(name => declared.Contains(name)).ToList();
        var words = new List<string>();
        if (extra.Count > 0)
            words.Add($"besides there are {NearestNames.Listed(extra)}");
        if (!common.SequenceEqual(declared.Where(name => found.Contains(name))))
            words.Add("those it has come in another order");
        return words.Count > 0 ? string.Join("; ", words)
            : found.Count == 0 ? "no columns" : $"{NearestNames.Listed([.. found])}";
    }
}
