using Mlops.Data.Tables;

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
    /// A value as folders are mostly named, in ISO 8601 and with a decimal point, or else as the cells of the
    /// files are written. A column's own markers mean no value; the general ones do where it is none.
    /// </summary>
    /// <param name="value">Null is missing.</param>
    /// <param name="problem">Null, or why it is no value of the column.</param>
    public static ColumnValues Read(
        ColumnDeclaration column, string? value, TextFormat format, out string? problem)
    {
        var cell = value is null || RowParser.IsMissing(value.AsSpan().Trim(), Own(column)) ? null
            : column.Type == ColumnType.Text ? value : value.Trim();
        var plain = TypedText.Read(column, [cell], new TextFormat(), out problem);
        if (problem is null)
            return plain;
        var written = TypedText.Read(column, [cell], format, out var asWritten);
        if (asWritten is not null && !RowParser.IsMissing(cell, MissingWords.Of(format)))
            return plain;
        problem = null;
        return asWritten is null ? written : TypedText.Read(column, [null], format, out _);
    }

    static string[] Own(ColumnDeclaration column) =>
        column.Missing is null ? [] : MissingWords.Of([column], new TextFormat())[0];

    /// <summary>The types that a value may have, read as <see cref="Read"/> reads it.</summary>
    public static InferredColumn Infer(PathValue value, TextFormat format)
    {
        var types = new CandidateTypes('.');
        if (value.Value.Length == 0)
            types.SeeMissing();
        else
            types.See(value.Value);
        if (value.Value.Length > 0 && types.Left.Count == 0)
        {
            var written = CandidateTypes.Of(format);
            written.See(value.Value);
            types = written.Left.Count > 0 ? written : types;
        }
        return types.Column(value.Column) with { IsFromPath = true };
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
