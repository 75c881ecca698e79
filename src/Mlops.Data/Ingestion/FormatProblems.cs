using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What is wrong with the settings of Ingest before any file is opened.</summary>
static class FormatProblems
{
    public static IReadOnlyList<Problem> Of(IngestInput input, DerivedColumns hooks) =>
    [
        .. OfSources(input),
        .. HiddenInPaths(input),
        .. OfCells(input.Format),
        .. OfSigns(input.Format),
        .. OfRows(input),
        .. input.Columns is { } columns ? OfColumns(columns, input.Format) : [],
        .. input.Derive is { } derive && hooks.FindProblem(derive.Name) is { } unknown
            ? (Problem[])[unknown] : [],
    ];

    static IEnumerable<Problem> OfSources(IngestInput input)
    {
        foreach (var file in input.Downloads ?? [])
            if (RemoteFile.FindFault(file.Url) is { } fault)
                yield return new Problem(
                    "DATA-052", $"The source is not fetched: {fault}.",
                    new Place(file.Name), Next: "Correct data.sources.");
        foreach (var source in input.Partitions is null ? [] : input.Sources)
            foreach (var column in input.Partitions!
                .Except(PathValues.Of(source.Name).Select(value => value.Column)))
                yield return new Problem(
                    "DATA-053", $"The path of the file has no folder '{column}=…'.",
                    new Place(source.Name, Field: column),
                    Next: "Move the file, or take the column out of data.partitions.");
        if (input.Sources.Count == 0 && input.Downloads is not { Count: > 0 })
            yield return new Problem(
                "DATA-013", "There are no source files.", Next: "Check the source pattern of the pipeline.");
    }

    static IEnumerable<Problem> OfCells(TextFormat format)
    {
        if (format.Delimiter.Length != 1 || format.Delimiter[0] is '\r' or '\n')
            yield return Setting("delimiter", "one character", format.Delimiter);
        if (format.Quote is { } quote
            && (quote.Length != 1 || quote[0] is '\r' or '\n' || quote == format.Delimiter))
            yield return Setting("quote", "one character other than the delimiter, or none", quote);
        if (format.DecimalSeparator is not ("." or ","))
            yield return Setting("decimal separator", "'.' or ','", format.DecimalSeparator);
    }

    static IEnumerable<Problem> OfRows(IngestInput input)
    {
        var format = input.Format;
        if (format.SkipRows < 0)
            yield return Setting(
                "number of rows to skip", "zero or more", FormattableString.Invariant($"{format.SkipRows}"));
        if (format.SkipLines < 0)
            yield return Setting(
                "number of lines to skip", "zero or more",
                FormattableString.Invariant($"{format.SkipLines}"));
        if (format.Encoding is { } encoding && !IsEncoding(encoding))
            yield return Setting("encoding", "a name such as utf-8 or windows-1252", encoding);
        if (input.QuarantineMaxShare is not (>= 0 and <= 1))
            yield return Setting(
                "largest quarantined share", "a number in [0, 1]",
                FormattableString.Invariant($"{input.QuarantineMaxShare}"));
    }

    /// <summary>Names of files are said everywhere; the problem says none.</summary>
    static IEnumerable<Problem> HiddenInPaths(IngestInput input) => (input.Redact ?? [])
        .Intersect(input.Sources.Select(source => source.Name)
            .Concat((input.Downloads ?? []).Select(file => file.Name))
            .SelectMany(PathValues.Of).Select(value => value.Column))
        .Select(column => new Problem(
            "DATA-061", $"'{column}' cannot be redacted: its values stand in the paths of the files.",
            Expected: "columns whose values need not be said",
            Actual: $"a folder '{column}=…' in the path of a source",
            Next: "Take it out of validate.redact, or bring the files under paths without it."));

    static IEnumerable<Problem> OfSigns(TextFormat format)
    {
        if (format.Thousands is { } thousands)
            if (!IsGrouping(thousands))
                yield return Setting("thousands separator", Groupings, thousands);
            else if (thousands == format.DecimalSeparator)
                yield return Setting("thousands separator", "another than the decimal separator", thousands);
            else if (thousands == format.Delimiter && format.Quote is null)
                yield return Setting(
                    "thousands separator", "another than the delimiter, or quoted cells", thousands);
        foreach (var pattern in (format.Dates ?? []).Where(pattern => !TimePattern.IsWhole(pattern)))
            yield return Setting("pattern of dates", WholePattern, pattern);
    }

    static IEnumerable<Problem> OfColumns(IReadOnlyList<ColumnDeclaration> columns, TextFormat format)
    {
        if (columns.Count == 0)
            yield return new Problem("DATA-011", "No column is declared.",
                Next: "Leave the columns out to have them inferred.");
        foreach (var twice in columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
            yield return new Problem("DATA-011",
                $"The column '{twice.Key}' is declared {twice.Count()} times.");
        foreach (var problem in columns.SelectMany(
            column => OfColumn(column).Concat(OfSigns(column, format))))
            yield return problem;
    }

    static IEnumerable<Problem> OfColumn(ColumnDeclaration column)
    {
        var type = column.Column().TypeWord;
        if (column.Format is not null && !column.Type.IsTime())
            yield return new Problem(
                "DATA-011", $"The column '{column.Name}' has a pattern, but is {type}.",
                Expected: "a pattern on dates and timestamps only");
        if (column.Type == ColumnType.Decimal
            && !(column.Precision is >= 1 and <= DeclaredType.MaxPrecision
                && column.Scale >= 0 && column.Scale <= column.Precision))
            yield return new Problem(
                "DATA-011", $"The column '{column.Name}' cannot be {type}.",
                Expected: $"1 to {DeclaredType.MaxPrecision} digits, as in decimal(12,2)");
        if (column.Levels is not null && column.Type != ColumnType.Category)
            yield return new Problem(
                "DATA-011", $"The column '{column.Name}' has levels, but is {type}.",
                Expected: "levels on categories only");
        if (column.Zone is not null && column.Type != ColumnType.Instant)
            yield return new Problem(
                "DATA-011", $"The column '{column.Name}' has a zone, but is {type}.",
                Expected: "a zone on columns of type timestamp with zone only");
        else if (column.Zone is { } zone && DeclaredZone.Find(zone) is null)
            yield return new Problem(
                "DATA-011",
                $"The column '{column.Name}' is in the zone '{zone}', which this machine does not know.",
                Expected: "a name of the IANA time zone database, such as Europe/Berlin, or UTC");
    }

    static IEnumerable<Problem> OfSigns(ColumnDeclaration column, TextFormat format)
    {
        Problem Column(string what, string expected) =>
            new("DATA-011", $"The column '{column.Name}' {what}.", Expected: expected);

        var type = column.Column().TypeWord;
        foreach (var pattern in new[] { column.Format }.Concat(column.OtherFormats ?? []))
            if (pattern is not null && column.Type.IsTime() && !TimePattern.IsWhole(pattern))
                yield return Column($"cannot have the pattern '{pattern}'", WholePattern);
        if (column.DecimalSeparator is not (null or "." or ","))
            yield return Column(
                $"cannot have the decimal separator '{column.DecimalSeparator}'", "'.' or ','");
        else if (column.DecimalSeparator is not null && (!column.Type.IsNumber() || column.Type.IsInteger()))
            yield return Column(
                $"has a decimal separator, but is {type}", "one on reals, floats and decimals only");
        if (column.Thousands is { Length: > 0 } thousands && !IsGrouping(thousands))
            yield return Column($"cannot have the thousands separator '{thousands}'", Groupings);
        else if (column.Thousands is not null && !column.Type.IsNumber())
            yield return Column($"has a thousands separator, but is {type}", "one on numbers only");
        else if ((column.Thousands ?? column.DecimalSeparator) is not null
            && (column.DecimalSeparator ?? format.DecimalSeparator).Length == 1
            && NumberSigns.Of(column, format).AreAlike)
            yield return Column(
                "has one separator for decimals and thousands", "two, or an empty one for thousands");
        else if (column.Thousands is not null && column.Thousands == format.Delimiter && format.Quote is null)
            yield return Column(
                "has the delimiter for a thousands separator", "another one, or quoted cells");
    }

    const string WholePattern = "a .NET pattern with year, month and day, such as dd.MM.yyyy";

    static string Groupings =>
        string.Join(", ", NumberSigns.Groupings.Take(4).Select(sign => $"'{sign}'")) + " or a no-break space";

    static bool IsGrouping(string text) => text.Length == 1 && NumberSigns.Groupings.Contains(text[0]);

    static bool IsEncoding(string name)
    {
        try
        {
            SourceText.Strict(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static Problem Setting(string what, string expected, string actual) =>
        new("DATA-010", $"The {what} cannot be '{actual}'.", Expected: expected);
}
