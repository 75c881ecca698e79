using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What Ingest reads and how.</summary>
/// <param name="Columns">Declared columns; null where the schema is to be inferred from all sources.</param>
/// <param name="Derive">The derived-columns hook to call on each part, if any.</param>
/// <param name="QuarantineMaxShare">Share in [0, 1] of the rows of any source that may fail to parse before
/// the dataset is rejected.</param>
/// <param name="Sql">A SELECT statement over the sources, by DuckDB: then its result is the dataset; null
/// reads the sources themselves.</param>
/// <param name="Downloads">Raw files elsewhere; null if there are none.</param>
/// <param name="Partitions">Columns whose values stand in the files' paths, as <c>market=DE/</c>; null takes
/// those that all paths have.</param>
/// <param name="OnSchemaChange">One of <see cref="SchemaChange"/>; null is to fail.</param>
/// <param name="Redact">Columns whose values no finding and no sample shows; null if there are none.</param>
/// <param name="QuarantineMaxCount">How many rows of any source may; null for any number.</param>
/// <param name="MayLack">Declared columns that a file may be without, as labels that come later: they are
/// missing in its rows then. Null for none.</param>
public sealed record IngestInput(
    IReadOnlyList<SourceFile> Sources,
    TextFormat Format,
    IReadOnlyList<ColumnDeclaration>? Columns,
    DerivedColumnsIdentity? Derive,
    double QuarantineMaxShare,
    string? Sql = null,
    IReadOnlyList<RemoteFile>? Downloads = null,
    IReadOnlyList<string>? Partitions = null,
    string? OnSchemaChange = null,
    IReadOnlyList<string>? Redact = null,
    long? QuarantineMaxCount = null,
    IReadOnlyList<string>? MayLack = null);

/// <summary>How files are written; most of it is of delimited text.</summary>
/// <param name="Delimiter">One character, usually a comma or a tab.</param>
/// <param name="Quote">One character, or null where the files know no quoting.</param>
/// <param name="Encoding">A name that .NET knows: <c>utf-8</c>, <c>windows-1252</c>. A byte-order mark
/// wins. Null where the bytes say it: see <see cref="DetectedEncoding"/>.</param>
/// <param name="Header">Whether the first line (after the skipped ones) names the columns.</param>
/// <param name="SkipRows">Lines to skip between the header and the data (second header rows).</param>
/// <param name="Missing">Cells that mean "no value", compared after trimming blanks; blank cells always
/// do.</param>
/// <param name="DecimalSeparator"><c>.</c> or <c>,</c></param>
/// <param name="Thousands">One of <see cref="NumberSigns.Groupings"/>; null where digits come in no
/// groups.</param>
/// <param name="Dates">.NET patterns of dates and times of which the first that fits a cell reads it; null
/// for ISO 8601.</param>
/// <param name="Kind">One of <see cref="SourceKind"/>; null where the files' names say it.</param>
/// <param name="Table">Which table of a SQLite file; null for its only one.</param>
/// <param name="Query">A SQL statement to ask a SQLite file; null for a whole table.</param>
/// <param name="SkipLines">Lines to pass over at the beginning of a file, before the header: titles, whatever
/// they hold. Null for none.</param>
public sealed record TextFormat(
    string Delimiter = ",",
    string? Quote = "\"",
    string? Encoding = null,
    bool Header = true,
    int SkipRows = 0,
    IReadOnlyList<string>? Missing = null,
    string DecimalSeparator = ".",
    string? Kind = null,
    string? Table = null,
    string? Query = null,
    string? Thousands = null,
    IReadOnlyList<string>? Dates = null,
    int? SkipLines = null);

/// <summary>A column, and what is written otherwise in it than in the others of its source.</summary>
/// <param name="Format">A .NET date or timestamp pattern such as <c>M/d/yyyy</c>; null for those of the
/// source, or ISO 8601.</param>
/// <param name="Precision">Digits of a decimal in all; null for other types.</param>
/// <param name="Scale">Digits of a decimal behind the point; null for other types.</param>
/// <param name="Levels">All that a category may be; null where it may be anything.</param>
/// <param name="Zone">For an instant: where the clocks stood whose times have no offset; null where all must
/// have one.</param>
/// <param name="ZoneRules">What this machine knows of that zone: <see cref="DeclaredZone.RulesOf"/>.</param>
/// <param name="OtherFormats">Patterns to try in order where <paramref name="Format"/> does not fit.</param>
/// <param name="Missing">Instead of the source's; empty where nothing but blanks means "no value".</param>
/// <param name="DecimalSeparator">Instead of the source's.</param>
/// <param name="Thousands">Instead of the source's; empty where digits come in no groups.</param>
public sealed record ColumnDeclaration(
    string Name,
    ColumnType Type,
    string? Format = null,
    int? Precision = null,
    int? Scale = null,
    IReadOnlyList<string>? Levels = null,
    string? Zone = null,
    string? ZoneRules = null,
    IReadOnlyList<string>? OtherFormats = null,
    IReadOnlyList<string>? Missing = null,
    string? DecimalSeparator = null,
    string? Thousands = null)
{
    public Column Column() => new(Name, Type, Precision, Scale);

    public static ColumnDeclaration Of(Column column) =>
        new(column.Name, column.Type, null, column.Precision, column.Scale);
}

/// <summary>A hook by name, and the digest of the code behind it, so that editing it derives again.</summary>
public sealed record DerivedColumnsIdentity(string Name, Digest Code);
