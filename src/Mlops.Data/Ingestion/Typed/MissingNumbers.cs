using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// Words that mean no value, such as -999, among values that are numbers, dates or times themselves: they
/// mean it however the value is written.
/// </summary>
sealed class MissingNumbers(string[] words)
{
    /// <summary>From here on doubles do not tell whole numbers apart.</summary>
    const double FirstInexact = 1L << 53;

    readonly double[] numbers =
    [
        .. words.Select(word => double.TryParse(
            word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Where(double.IsFinite),
    ];

    /// <param name="cell">A number as JSON and databases write it.</param>
    public bool Has(ReadOnlySpan<char> cell)
    {
        if (numbers.Length == 0)
            return false;
        foreach (var word in words)
            if (cell.SequenceEqual(word))
                return true;
        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < FirstInexact && numbers.Contains(number);
    }

    /// <summary>The same values without those that mean none; flags and texts as they are.</summary>
    public static ColumnValues Without(ColumnValues values, string[] words) => words.Length == 0 ? values
        : values switch
        {
            WholeValues whole when whole.Type != ColumnType.Boolean => Without(whole, words),
            RealValues real => Without(real, words),
            StrayValues strays => Without(strays, words),
            _ => values,
        };

    static ColumnValues Without(StrayValues values, string[] words)
    {
        var others = Without(values.Others, words);
        var strays = values.Strays.Where(stray => !words.Contains(stray.Value)).ToDictionary();
        return strays.Count == 0 ? others : new StrayValues(others, strays);
    }

    static WholeValues Without(WholeValues whole, string[] words)
    {
        var type = whole.Type == ColumnType.Decimal
            ? new ColumnDeclaration("", whole.Type, Precision: DeclaredType.MaxPrecision, Scale: whole.Scale)
            : new ColumnDeclaration("", whole.Type);
        var none = words.Select(word => (WholeValues)TypedText.Read(type, [word], out _))
            .Where(read => read.Count == 1).Select(read => read.Values[0]).ToHashSet();
        return none.Count == 0 ? whole : new WholeValues(
            whole.Type, [.. whole.Values.ToArray().Select(
                value => none.Contains(value) ? WholeValues.Missing : value)], whole.Scale);
    }

    static RealValues Without(RealValues real, string[] words)
    {
        var type = new ColumnDeclaration("", real.Type);
        var none = words.Select(word => (RealValues)TypedText.Read(type, [word], out _))
            .Where(read => read.Count == 1).Select(read => read.Values[0]).ToHashSet();
        return none.Count == 0 ? real : new RealValues(
            [.. real.Values.ToArray().Select(value => none.Contains(value) ? double.NaN : value)], real.Type);
    }
}
