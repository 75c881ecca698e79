using System.Text;
using Mlops.Data.Ingestion;
using Mlops.Data.Validation;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>The sections <c>matrix</c> and <c>data</c>.</summary>
static class DataSection
{
    public static SectionShape<MatrixSpecification> Matrix { get; } = new(
        fields => new MatrixSpecification(
            fields.Required("column", Names.Column, "The column whose values are the cells"),
            fields.Maybe("values",
                new ListShape<string>(Scalars.Literal, fewest: 1, identity: value => value),
                "The values to build; every value that the column has when left out")),
        shorthand: "column");

    static readonly ListShape<string> Patterns = new(
        Scalars.Matching(
            "a .NET pattern with year, month and day, such as dd.MM.yyyy", TimePattern.IsWhole, "\\S"),
        fewest: 1, orSingle: true, identity: pattern => pattern);

    static readonly SectionShape<TextFormat> Format = new(ReadFormat, shorthand: "kind");

    /// <summary>Where the cells of delimited text stand, whatever they mean.</summary>
    public static SectionShape<TextFormat> Layout { get; } = new(
        fields => ReadLayout(fields, fields.Optional(
            "kind", Scalars.OneOf(["auto", "csv", "tsv"]), "auto",
            "csv separates by commas, tsv by tabs; auto: the file's name says it")),
        shorthand: "kind");

    static readonly SectionShape<QuarantineLimit> Quarantine = new(fields => new QuarantineLimit(
        fields.MaybeValue(
            "max-share", Scalars.Share,
            "Largest share of a source's rows that may fail to parse before the dataset is rejected; "
            + "none when nothing is said of how many"),
        fields.MaybeValue(
            "max-count", Scalars.Whole(0),
            "Most rows of a source that may fail to parse before the dataset is rejected")));

    static readonly NamedShape<ColumnDeclaration> Columns = new(
        name => new SectionShape<ColumnDeclaration>(
            fields => ReadColumn(name, fields),
            shorthand: "type"),
        "column names and types");

    public static SectionShape<DataSpecification> Shape { get; } = new(ReadData);

    static DataSpecification ReadData(Fields fields)
    {
        var sources = fields.Required("sources", SourcesShape.All,
            "Raw files: globs relative to this file, or absolute, or outputs of a step as steps.clean/*.csv, "
            + "or files elsewhere as { url: https://…, sha256: … }; ${VARIABLES} are replaced");
        var downloads = sources.Select(source => source.Download).OfType<RemoteFile>().ToList();
        var change = fields.Optional(
            "on-schema-change", Scalars.OneOf([SchemaChange.Fail, SchemaChange.Adapt]), SchemaChange.Fail,
            "Where a file lacks a column: fail says all differences of all files; "
            + "adapt takes it as missing and says so");
        var quarantine = fields.Section(
            "quarantine", Quarantine, "How many rows of a source may fail to parse");
        return new DataSpecification(
            [.. sources.Select(source => source.Glob).OfType<string>()],
            fields.Section("format", Format,
                "How the files are written; csv, tsv, jsonl, parquet or sqlite alone is short for its kind"),
            fields.Maybe("columns", Columns,
                "The columns and their types; inferred from all files when left out"),
            fields.Optional("key", Names.ColumnOrColumns, [],
                "Columns that together identify a row; they must be unique and are never features"),
            fields.Maybe("time", Names.Column, "The column that says when a row happened"),
            fields.Maybe("derive", Scalars.Text, "A derived-columns hook in build/Columns, by name"),
            quarantine.MaxShare ?? (quarantine.MaxCount is null ? 0 : 1),
            fields.Maybe("sql", Scalars.Text,
                "A SELECT statement over the sources, by DuckDB: its result is the dataset. "
                + "It names files as they are listed; "
                + "without an ORDER BY its rows are sorted by all columns"),
            downloads.Count == 0 ? null : downloads,
            fields.Maybe("partitions", Names.ColumnOrColumns,
                "Columns whose values stand in the paths of the files, as in market=DE/2026.csv; "
                + "those that all paths have when left out"),
            change == SchemaChange.Adapt ? change : null,
            quarantine.MaxCount);
    }

    static TextFormat ReadFormat(Fields fields)
    {
        var kind = fields.Optional(
            "kind", Scalars.OneOf(["auto", "csv", "tsv", SourceKind.JsonLines,
                SourceKind.Parquet, SourceKind.Sqlite]), "auto",
            "csv separates by commas, tsv by tabs, jsonl has an object per line; auto: "
            + "each file's name says it, as .tsv, .jsonl, .ndjson, .parquet, .db, .sqlite or .sqlite3, "
            + "all others csv; text also with .gz or .zst behind it");
        return ReadLayout(fields, kind) with
        {
            DecimalSeparator = fields.Optional(
                "decimal", Scalars.OneOf([".", ","]), ".", "The decimal separator"),
            Table = fields.Maybe(
                "table", Scalars.Text, "Which table of a SQLite file; its only one when left out"),
            Query = fields.Maybe("query", Scalars.Text,
                "A SELECT statement to ask a SQLite file; "
                + "without an ORDER BY its rows are sorted by all columns"),
            Thousands = fields.Maybe("thousands", Thousands(mayBeEmpty: false),
                "The character between groups of three digits; a blank stands for a no-break space too. "
                + "Numbers may also come without, but not with it anywhere else"),
            Dates = fields.Maybe("dates", Patterns,
                "A .NET pattern of dates and times such as dd.MM.yyyy, or several: "
                + "the first that fits a cell reads it; date columns go by those without a time of day. "
                + "Of columns without a format of their own; ISO 8601 when left out"),
        };
    }

    static TextFormat ReadLayout(Fields fields, string kind)
    {
        var delimiter = fields.Maybe("delimiter", Character("a single character"),
            "The character between cells, if it is not the one of the kind");
        var titles = fields.Optional(
            "skip-lines", Scalars.Whole(0, 1000), 0,
            "Lines to skip at the beginning of a file, above its header: titles, whatever they hold; "
            + "a header on line 5 has 4 above it");
        return new TextFormat(
            delimiter ?? (kind == "tsv" ? "\t" : ","),
            ReadQuote(fields),
            ReadEncoding(fields),
            fields.Optional("header", Scalars.Boolean, true, "Whether the first line names the columns"),
            fields.Optional(
                "skip-rows", Scalars.Whole(0, 1000), 0,
                "Rows to skip between the header and the data, such as one of units"),
            fields.Optional("missing", new ListShape<string>(Scalars.Literal, orSingle: true), [],
                "Cells that mean no value; blank cells always do"),
            Kind: kind is "csv" or "tsv" ? SourceKind.Text : kind == "auto" ? null : kind,
            SkipLines: titles > 0 ? titles : null);
    }

    static string? ReadQuote(Fields fields)
    {
        var quote = fields.Optional(
            "quote", Character("a single character, or \"\" for none", mayBeEmpty: true), "\"",
            "The character around cells; \"\" where the files know no quoting");
        return quote.Length > 0 ? quote : null;
    }

    static string? ReadEncoding(Fields fields)
    {
        var encoding = fields.Optional(
            "encoding", Scalars.Matching("an encoding such as utf-8 or windows-1252, or auto", IsEncoding),
            "auto",
            "The text encoding; a byte-order mark wins. auto: UTF-8, "
            + "or UTF-16 where every other byte is 0, "
            + "or windows-1252 where the bytes are no UTF-8, which is said").ToLowerInvariant();
        return encoding == "auto" ? null : encoding;
    }

    static ColumnDeclaration ReadColumn(string name, Fields fields)
    {
        var type = fields.Required("type", Names.Type, "The type that every cell must parse as");
        var formats = fields.Maybe("format", Patterns,
            "A .NET date or timestamp pattern such as M/d/yyyy, or several: "
            + "the first that fits a cell reads it, also where another would too. "
            + "Those of data.format.dates, or ISO 8601, when left out");
        var levels = fields.Maybe(
            "levels", new ListShape<string>(Scalars.Literal, fewest: 1, identity: level => level),
            "All that a category may be; a row with anything else goes to quarantine. "
            + "Any text when left out");
        var zone = fields.Maybe("zone", Scalars.Matching(
                "a time zone such as Europe/Berlin, or UTC", name => DeclaredZone.Find(name) is not null),
            "Where the clocks stood whose times have no offset; "
            + "rows with such times go to quarantine when left out");
        var rules = zone is not null && DeclaredZone.Find(zone) is { } found
            ? DeclaredZone.RulesOf(found)
            : null;
        return new ColumnDeclaration(
            name, type.Type, formats is { Count: > 0 } ? formats[0] : null,
            type.Precision, type.Scale, levels, zone, rules,
            formats is { Count: > 1 } ? [.. formats.Skip(1)] : null,
            fields.Maybe("missing", new ListShape<string>(Scalars.Literal, orSingle: true),
                "Cells that mean no value in this column, instead of those of data.format; "
                + "blank cells always do, with [] nothing else"),
            fields.Maybe("decimal", Scalars.OneOf([".", ","]),
                "The decimal separator of this column, instead of that of data.format"),
            fields.Maybe("thousands", Thousands(mayBeEmpty: true),
                "The character between groups of three digits in this column, "
                + "instead of that of data.format; \"\" for none"));
    }

    static Shape<string> Thousands(bool mayBeEmpty) => Scalars.Matching(
        "one of , . ' and a blank or no-break space" + (mayBeEmpty ? ", or \"\" for none" : ""),
        text => text.Length == 1 ? NumberSigns.Groupings.Contains(text[0]) : mayBeEmpty && text.Length == 0,
        mayBeEmpty ? @"^[,.' \u00a0\u202f]?$" : @"^[,.' \u00a0\u202f]$");

    static Shape<string> Character(string expected, bool mayBeEmpty = false) => Scalars.Matching(
        expected, text => text.Length == 1 ? text[0] is not ('\r' or '\n') : mayBeEmpty && text.Length == 0,
        mayBeEmpty ? "^.?$" : "^.$");

    static bool IsEncoding(string name)
    {
        if (name is "auto" or "utf-8")
            return true;
        try
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(name)
                ?? Encoding.GetEncoding(name)) is not null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
