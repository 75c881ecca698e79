namespace Mlops.Data.Tables;

/// <summary>
/// Whole numbers, decimals, dates or times of a source of another writer, of which some are none that a table
/// holds, or times of day that are none: no table that is kept has such.
/// </summary>
/// <param name="others">All the values; missing where one is such.</param>
/// <param name="strays">Those that are, in invariant text, by their rows.</param>
sealed class StrayValues(ColumnValues others, IReadOnlyDictionary<int, string> strays) : ColumnValues
{
    public ColumnValues Others => others;

    public IReadOnlyDictionary<int, string> Strays => strays;

    public override ColumnType Type => others.Type;
    public override int Count => others.Count;
    public override bool IsMissing(int row) => !strays.ContainsKey(row) && others.IsMissing(row);
    public override double Number(int row) => others.Number(row);
    public override string? Text(int row) => strays.GetValueOrDefault(row) ?? others.Text(row);

    public override ColumnValues Take(ReadOnlySpan<int> rows)
    {
        var taken = new Dictionary<int, string>();
        for (var i = 0; i < rows.Length; i++)
            if (strays.TryGetValue(rows[i], out var stray))
                taken[i] = stray;
        return new StrayValues(others.Take(rows), taken);
    }

    /// <summary>The values of a column, which are strays where no table holds them.</summary>
    /// <param name="stored">As the source has them.</param>
    /// <param name="units">The same as a table has them; missing where it does not.</param>
    /// <param name="text">Of one that no table holds.</param>
    public static ColumnValues Of<T>(
        PackedColumn<T> stored, PackedColumn<long> units, Column column, Func<T, string> text)
        where T : struct
    {
        var areAll = !units.Present.Contains(WholeValues.Missing);
        var others = new WholeValues(column.Type, units.Spread(WholeValues.Missing), column.Scale ?? 0);
        if (areAll)
            return others;
        var strays = new Dictionary<int, string>();
        foreach (var (row, value) in stored.Spread().Index())
            if (value is { } stray && others.IsMissing(row))
                strays[row] = text(stray);
        return new StrayValues(others, strays);
    }
}
