namespace Mlops.Data.Tables;

/// <summary>A column as Parquet stores it.</summary>
/// <param name="Values">As many as there are rows; those that are there stand first, packed.</param>
/// <param name="Levels">1 where a row has a value; null where all have one.</param>
readonly record struct PackedColumn<T>(T[] Values, int[]? Levels) where T : struct
{
    public int Rows => Values.Length;

    /// <summary>The values that are there.</summary>
    public ReadOnlySpan<T> Present =>
        Values.AsSpan(0, Levels is null ? Values.Length : Levels.AsSpan().Count(1));

    public bool HasValue(int row) => Levels is null || Levels[row] > 0;

    public PackedColumn<TOut> As<TOut>(Func<T, TOut> convert) where TOut : struct
    {
        var converted = new TOut[Values.Length];
        var present = Present;
        for (var i = 0; i < present.Length; i++)
            converted[i] = convert(present[i]);
        return new PackedColumn<TOut>(converted, Levels);
    }

    /// <summary>One value per row; null where it has none.</summary>
    public T?[] Spread()
    {
        var spread = new T?[Values.Length];
        var next = 0;
        for (var row = 0; row < spread.Length; row++)
            spread[row] = HasValue(row) ? Values[next++] : null;
        return spread;
    }

    /// <summary>One value per row, in place.</summary>
    public T[] Spread(T missing)
    {
        var next = Present.Length;
        if (next == Values.Length)
            return Values;
        // From the end, so that no value is written over before it has moved.
        for (var row = Values.Length - 1; row >= 0; row--)
            Values[row] = Levels![row] > 0 ? Values[--next] : missing;
        return Values;
    }
}
