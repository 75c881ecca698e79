using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion;

/// <summary>A category whose levels are declared: anything else is no value of it.</summary>
sealed class LevelParser : ColumnParser
{
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> codeOf;
    readonly string[] levels;
    readonly List<int> codes = [];

    public LevelParser(IReadOnlyList<string> levels)
    {
        this.levels = [.. levels];
        codeOf = levels.Select((level, code) => KeyValuePair.Create(level, code))
            .ToDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override void AddMissing() => codes.Add(-1);
    public override void Truncate(int rows) => codes.RemoveRange(rows, codes.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        if (!codeOf.TryGetValue(cell, out var code))
            return IsNo(cell, $"one of the {levels.Length} levels that are declared");
        codes.Add(code);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new TextValues([.. codes], levels, ColumnType.Category);
        codes.Clear();
        return taken;
    }
}

/// <summary>Decimals, exactly: a cell with more digits than the column holds is no value of it.</summary>
sealed class DecimalParser(Column column, char separator) : ColumnParser
{
    readonly int scale = column.Scale!.Value;
    readonly int precision = column.Precision!.Value;
    readonly List<long> values = [];

    public override void AddMissing() => values.Add(WholeValues.Missing);
    public override void Truncate(int rows) => values.RemoveRange(rows, values.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        if (!DecimalText.TryParse(cell, separator, precision, scale, out var value))
            return IsNo(cell, $"a {column.TypeWord}");
        values.Add(value);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new WholeValues(ColumnType.Decimal, [.. values], scale);
        values.Clear();
        return taken;
    }
}

/// <summary>Timestamps with an offset, or without one where the declared zone says which it was.</summary>
sealed class InstantParser(ColumnDeclaration column) : ColumnParser
{
    readonly TimeZoneInfo? zone = column.Zone is { } name ? DeclaredZone.Find(name) : null;
    readonly List<long> values = [];

    public override void AddMissing() => values.Add(WholeValues.Missing);
    public override void Truncate(int rows) => values.RemoveRange(rows, values.Count - rows);

    public override string? Add(ReadOnlySpan<char> cell)
    {
        long time;
        bool hasOffset;
        var isTime = column.Format is { } pattern
            ? Cells.TryMoment(cell, pattern, out time, out hasOffset)
            : IsoTime.TryTimestamp(cell, out time, out hasOffset);
        if (!isTime)
            return IsNo(cell, $"a timestamp {Form} with an offset");
        if (!hasOffset && zone is null)
            return $"'{cell}' has no offset, and the column declares no zone";
        if (!hasOffset && !DeclaredZone.TryToUtc(zone!, ref time))
            return $"'{cell}' never was in {column.Zone}: the clocks were put forward over it";
        values.Add(time);
        return null;
    }

    public override ColumnValues Take()
    {
        var taken = new WholeValues(ColumnType.Instant, [.. values]);
        values.Clear();
        return taken;
    }

    string Form => column.Format is { } pattern ? $"of the form {pattern}" : "such as 2026-03-31T12:30:00+02:00";
}
