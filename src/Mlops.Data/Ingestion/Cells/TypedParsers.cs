using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>A category whose levels are declared: anything else is no value of it.</summary>
sealed class LevelParser : ValueParser<int>
{
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codeOf;
    readonly string[] levels;

    public LevelParser(IReadOnlyList<string> levels) : base(-1)
    {
        this.levels = [.. levels];
        codeOf = levels.Select((level, code) => KeyValuePair.Create(level, code))
            .ToDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    protected override string? Read(ReadOnlySpan<char> cell, out int value) =>
        codeOf.TryGetValue(cell, out value)
            ? null
            : IsNo(cell, $"one of the {levels.Length} levels that are declared");

    protected override ColumnValues Column(int[] values, int count) =>
        new TextValues(values, levels, ColumnType.Category, count);
}

/// <summary>Decimals, exactly: a cell with more digits than the column holds is no value of it.</summary>
sealed class DecimalParser(Column column, NumberText numbers) : ValueParser<long>(WholeValues.Missing)
{
    readonly int scale = column.Scale!.Value;
    readonly int precision = column.Precision!.Value;

    protected override string? Read(ReadOnlySpan<char> cell, out long value) =>
        numbers.TryDecimal(cell, precision, scale, out value)
            ? null
            : IsNo(cell, $"a {column.TypeWord}{numbers.Words}");

    protected override ColumnValues Column(long[] values, int count) =>
        new WholeValues(ColumnType.Decimal, values, scale, count);
}

/// <summary>Timestamps with an offset, or without one where the declared zone says which it was.</summary>
sealed class InstantParser(ColumnDeclaration column, TimePatterns? patterns)
    : ValueParser<long>(WholeValues.Missing)
{
    readonly TimeZoneInfo? zone = column.Zone is { } name ? DeclaredZone.Find(name) : null;

    protected override string? Read(ReadOnlySpan<char> cell, out long time)
    {
        bool hasOffset;
        var isTime = patterns is not null
            ? patterns.TryMoment(cell, out time, out hasOffset)
            : IsoTime.TryTimestamp(cell, out time, out hasOffset);
        if (!isTime)
            return IsNo(cell, $"a timestamp {Form} with an offset");
        if (!hasOffset && zone is null)
            return $"'{cell}' has no offset, and the column declares no zone";
        if (hasOffset || DeclaredZone.TryToUtc(zone!, ref time))
            return null;
        return IsoTime.IsInRange(time)
            ? $"'{cell}' never was in {column.Zone}: the clocks were put forward over it"
            : $"'{cell}' of {column.Zone} is not in the years 1 to 9999 as UTC";
    }

    protected override ColumnValues Column(long[] values, int count) =>
        new WholeValues(ColumnType.Instant, values, count: count);

    string Form =>
        patterns is not null ? $"of the form {patterns.Words}" : "such as 2026-03-31T12:30:00+02:00";
}
