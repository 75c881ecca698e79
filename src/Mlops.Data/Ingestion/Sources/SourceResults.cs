using System.Text.Json.Serialization;
using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// A raw file, or a piece of one, by its bytes, not its name, so that a renamed file is not read again.
/// </summary>
/// <param name="Kind">One of <see cref="SourceKind"/>; null for delimited text.</param>
/// <param name="Path">Values of the file's path that may be columns; null if there are none.</param>
sealed record SourceBytes(
    Digest Source, long LengthBytes, string? Kind = null, IReadOnlyList<PathValue>? Path = null);

/// <summary>Raw files to parse, or pieces of one.</summary>
/// <param name="Header">The names of the file's columns for pieces from inside it;
/// null where a file begins.</param>
/// <param name="MayLack">Columns that are missing where the source lacks them; null for none.</param>
/// <param name="IsNumbered">Whether cells that no header names are called by their numbers, since the columns
/// were inferred so; null where not.</param>
sealed record ParseInput(
    IReadOnlyList<SourceBytes> Sources,
    TextFormat Format,
    IReadOnlyList<ColumnDeclaration> Columns,
    DerivedColumnsIdentity? Derive,
    IReadOnlyList<string>? Header = null,
    IReadOnlyList<string>? Partitions = null,
    string? OnSchemaChange = null,
    IReadOnlyList<string>? MayLack = null,
    bool? IsNumbered = null);

/// <summary>What one raw file, or piece of one, became. Lines count from where its bytes begin.</summary>
/// <param name="Part">Null where no row parsed.</param>
/// <param name="Schema">With the derived columns, where a row parsed.</param>
/// <param name="ByColumn">Quarantined rows per column at fault, in schema order; "" is the whole row.</param>
/// <param name="LeftOut">Columns of the file that are not declared.</param>
/// <param name="Notes">What was done to the header, in words.</param>
/// <param name="Problems">Faults of the bytes; their places lack the file's name.</param>
/// <param name="Encoding">What the text was found to be written in, if nobody declared it and it is
/// not UTF-8.</param>
/// <param name="Adapted">Declared columns that the source lacks and that are taken to be missing;
/// null if none.</param>
/// <param name="Names">What the cells are called where no header says; else null.</param>
/// <param name="Likely">What the bytes look like that are not what was declared; null where they are, or
/// where nobody can tell.</param>
/// <param name="Utf8">Whether a text that is read as one of one byte a character looks like UTF-8; null where
/// it is ASCII, or read as something else.</param>
/// <param name="Marked">Rows kept that a byte-order mark stood before; null for none.</param>
record ParsedSource(
    TablePart? Part,
    TableSchema Schema,
    long KeptRows,
    long QuarantinedRows,
    Artifact? Quarantine,
    IReadOnlyList<QuarantinedRow> Samples,
    IReadOnlyList<ColumnFaults> ByColumn,
    IReadOnlyList<string> LeftOut,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Problem> Problems,
    string? Encoding = null,
    IReadOnlyList<string>? Adapted = null,
    IReadOnlyList<string>? Names = null,
    string? Likely = null,
    Utf8Signs? Utf8 = null,
    MarkedRows? Marked = null);

sealed record ColumnFaults(string Column, long Rows, QuarantinedRow First);

/// <summary>Raw files, or pieces of one, whose columns are to be found out.</summary>
/// <param name="Header">The names of the file's columns for pieces from inside it;
/// null where a file begins.</param>
sealed record InferInput(
    IReadOnlyList<SourceBytes> Sources, TextFormat Format, IReadOnlyList<string>? Header = null);

/// <param name="Columns">In file order.</param>
/// <param name="Problems">Faults of the bytes; their places lack the file's name.</param>
/// <param name="Titles">How many lines look like titles above the header; null for none.</param>
/// <param name="HeaderLine">1-based line of the header; null where there is none.</param>
sealed record InferredSource(
    IReadOnlyList<InferredColumn> Columns, IReadOnlyList<Problem> Problems, int? Titles = null,
    int? HeaderLine = null);

/// <param name="HasValues">Whether any cell has a value; without one the candidates say nothing.</param>
/// <param name="Candidates">The types that every value of the column reads as; text always does.</param>
/// <param name="Typed">The type that a source says which has types of its own; null for others.</param>
/// <param name="Values">Cells looked at that have a value; none where the source says the type.</param>
/// <param name="Missing">Cells looked at that have none.</param>
/// <param name="Refusals">The first cell that each other type could not read, in the order of the rows; null
/// if there is none.</param>
/// <param name="IsFromPath">Whether it stands in the source's path.</param>
sealed record InferredColumn(
    string Name, bool HasValues, IReadOnlyList<ColumnType> Candidates, Column? Typed = null,
    long Values = 0, long Missing = 0, IReadOnlyList<Refusal>? Refusals = null,
    bool IsFromPath = false)
{
    /// <summary>A column whose type the source says.</summary>
    public static InferredColumn Of(Column column) => new(column.Name, true, column.Type switch
    {
        ColumnType.Boolean => [ColumnType.Boolean],
        ColumnType.Int32 or ColumnType.Integer => [ColumnType.Integer, ColumnType.Real],
        ColumnType.Float or ColumnType.Real or ColumnType.Decimal => [ColumnType.Real],
        ColumnType.Date => [ColumnType.Date, ColumnType.Timestamp],
        ColumnType.Timestamp => [ColumnType.Timestamp],
        _ => [],
    }, column);
}

/// <summary>A cell that some types, of those that all cells before it read as, could not read.</summary>
/// <param name="Line">1-based, from where the source's bytes begin; 0 where the cell is in no line.</param>
/// <param name="Cell">Cut after 40 characters.</param>
sealed record Refusal(long Line, string Cell, IReadOnlyList<ColumnType> Types)
{
    const int MaxChars = 40;

    public static string Shown(ReadOnlySpan<char> cell) =>
        cell.Length > MaxChars ? $"{cell[..MaxChars]}…" : cell.ToString();
}

/// <summary>How the records of the calls inside Ingest are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ParseInput))]
[JsonSerializable(typeof(IReadOnlyList<ParsedSource>))]
[JsonSerializable(typeof(InferInput))]
[JsonSerializable(typeof(IReadOnlyList<InferredSource>))]
[JsonSerializable(typeof(QuarantinedRow))]
[JsonSerializable(typeof(Utf8Signs))]
[JsonSerializable(typeof(MarkedRows))]
[JsonSerializable(typeof(QueryInput))]
[JsonSerializable(typeof(QueryOutput))]
sealed partial class SourceJson : JsonSerializerContext;

/// <summary>A fault of a raw file's bytes, on its way to where the file's name is known.</summary>
sealed class SourceFaultException(Problem problem, Exception? inner = null) : Exception(problem.What, inner)
{
    public Problem Problem { get; } = problem;
}
