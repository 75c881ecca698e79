using System.Globalization;

namespace Mlops.Engine;

/// <summary>Numbers of things as people read them.</summary>
public static class Counted
{
    /// <summary>"1,234".</summary>
    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "1,234 rows".</summary>
    public static string Of(long count, string one, string many) => $"{Of(count)} {Word(count, one, many)}";

    /// <summary>"1 step", "1234 steps": the digits in one piece, as in logs that programs read too.</summary>
    public static string Plain(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {Word(count, one, many)}");

    /// <summary>What so many are called, where the number stands elsewhere.</summary>
    public static string Word(long count, string one, string many) => count == 1 ? one : many;
}
