namespace Mlops.Engine;

/// <summary>One of the files, or one combination of values, that a program is executed for.</summary>
/// <param name="Values">The placeholders that stand for it.</param>
sealed record ProgramItem(string Name, SourceFile? File, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    public static IReadOnlyList<ProgramItem> Of(ProgramEach each) =>
        [.. (each.Files ?? []).Select(Of), .. each.Matrix is { } matrix ? Combinations(matrix) : []];

    /// <summary>The program's input for this one alone.</summary>
    public ProgramInput Of(ProgramInput all) => all with
    {
        Each = null,
        Inputs = File is null ? all.Inputs : [.. all.Inputs, File],
        Parameters = new SortedDictionary<string, string>(
            all.Parameters.Concat(Values).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };

    static ProgramItem Of(SourceFile file)
    {
        var name = file.Name[(file.Name.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        return new ProgramItem(file.Name, file,
        [
            KeyValuePair.Create("each", file.Name), KeyValuePair.Create("each_name", name),
            KeyValuePair.Create("each_stem", dot > 0 ? name[..dot] : name),
        ]);
    }

    static IEnumerable<ProgramItem> Combinations(IReadOnlyList<ProgramAxis> matrix)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> combinations = [[]];
        foreach (var axis in matrix)
            combinations = combinations.SelectMany(
                before => axis.Values, (before, value) => (IReadOnlyList<KeyValuePair<string, string>>)
                    [.. before, KeyValuePair.Create(axis.Name, value)]);
        return combinations.Select(values =>
            new ProgramItem(
                string.Join(", ", values.Select(value => $"{value.Key} {value.Value}")), null, values));
    }
}
