namespace Mlops.Data.Validation.Expressions;

enum ValueKind
{
    Number,
    Text,
    Condition,
}

/// <summary>An expression bound to the columns of a table; one of the three is there, by kind.</summary>
/// <param name="Number">NaN where a cell is missing.</param>
/// <param name="Text">Null where it is.</param>
/// <param name="Holds">Null where it cannot be said, because a cell is missing.</param>
/// <param name="Exact">The number where nothing was rounded of it; null where something may have been, and
/// of a row where it has too many digits or a cell is missing.</param>
sealed record Bound(
    ValueKind Kind, Func<int, double>? Number = null,
    Func<int, string?>? Text = null, Func<int, bool?>? Holds = null, Func<int, ExactNumber?>? Exact = null)
{
    const double RelativeTolerance = 1e-9;

    /// <summary>
    /// How a row's value stands to that of another of the same kind, both texts or both numbers. Numbers are
    /// equal within 1e-9 of the larger, so that 0.1 + 0.2 = 0.3, but for those that nothing was rounded of.
    /// </summary>
    /// <returns>Null where a cell is missing.</returns>
    public int? Order(Bound other, int row)
    {
        if (Kind == ValueKind.Text)
            return Text!(row) is { } own && other.Text!(row) is { } text
                ? string.CompareOrdinal(own, text) : null;
        if (Exact?.Invoke(row) is { } exact && other.Exact?.Invoke(row) is { } beside
            && exact.Order(beside) is { } order)
            return order;
        var (a, b) = (Number!(row), other.Number!(row));
        return double.IsNaN(a) || double.IsNaN(b) ? null : Order(a, b);
    }

    /// <summary>Nothing but infinity is near infinity, as where a number is divided by zero.</summary>
    static int Order(double a, double b) =>
        double.IsFinite(a) && double.IsFinite(b)
        && Math.Abs(a - b) <= RelativeTolerance * Math.Max(Math.Abs(a), Math.Abs(b)) ? 0 : a.CompareTo(b);
}
