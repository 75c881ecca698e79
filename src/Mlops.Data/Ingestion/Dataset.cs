using System.Text.Json.Serialization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What Ingest made. The digest of this record is the dataset's identity.</summary>
/// <param name="Table">The typed rows, one part per source that has rows, in source order.</param>
/// <param name="Sources">Every raw file with its digest and what became of its rows.</param>
/// <param name="Origins">Where the type of each of the table's columns comes from; beside the table, so that
/// nothing made of its rows depends on it.</param>
public sealed record Dataset(
    TableParts Table, IReadOnlyList<SourceRows> Sources, Judgement Judgement,
    IReadOnlyList<ColumnOrigin>? Origins = null)
    : IJudged
{
    public long QuarantinedRows => Sources.Sum(source => source.QuarantinedRows);
}

/// <summary>What became of one raw file: rows in = rows kept + rows quarantined.</summary>
/// <param name="Quarantine">The rows that did not parse, as they were, if there are any.</param>
/// <param name="Samples">At most twenty of them, for people.</param>
/// <param name="Names">What its cells are called where it is text without a header; else null.</param>
public sealed record SourceRows(
    SourceFile File,
    long KeptRows,
    long QuarantinedRows,
    Artifact? Quarantine,
    IReadOnlyList<QuarantinedRow> Samples,
    IReadOnlyList<string>? Names = null);

/// <param name="Line">1-based line of the raw file where the row begins.</param>
/// <param name="Column">The column that did not parse; null where the whole row is at fault.</param>
/// <param name="Reason">What is wrong: <c>'abc' is not an integer</c>.</param>
/// <param name="Text">The row as it stands in the file, cut after 200 characters.</param>
public sealed record QuarantinedRow(long Line, string? Column, string Reason, string Text);

/// <summary>Where a column's type comes from.</summary>
/// <param name="Evidence">In words: <see cref="Declared"/>, or what it was inferred from.</param>
/// <param name="Because">The cell, with its file and line, that no narrower type could read; null if there is
/// none.</param>
public sealed record ColumnOrigin(string Column, string Evidence, string? Because = null)
{
    /// <summary>What <see cref="Evidence"/> is where a person declared the type.</summary>
    public const string Declared = "declared";

    [JsonIgnore]
    public bool IsDeclared => Evidence == Declared;

    internal const string Hook = "made by the hook";

    /// <summary>Whether no file has the column.</summary>
    [JsonIgnore]
    public bool IsDerived => Evidence.StartsWith(Hook, StringComparison.Ordinal);
}
