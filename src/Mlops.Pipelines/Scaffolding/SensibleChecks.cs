using System.Globalization;
using Mlops.Data.Tables;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>
/// What a column of data like this one should keep to, with room for what has not been seen yet.
/// </summary>
static class SensibleChecks
{
    const int MostLevels = 12;

    /// <returns>As the inner mapping of a rule; null where there is nothing sensible to ask.</returns>
    public static string? Of(SurveyedColumn column)
    {
        var asked = new List<string>();
        if (column.IsNumber && column.Profile is { Min: { } min, Max: { } max })
            asked.AddRange(Range(min, max));
        if (column.Type.IsText() && column.Profile.Distinct is > 0 and <= MostLevels
            && column.Profile.Top.Count == column.Profile.Distinct)
        {
            var levels = column.Profile.Top.Select(level => level.Value).Order(StringComparer.Ordinal);
            asked.Add($"set: [{string.Join(", ", levels.Select(YamlWord.Of))}]");
        }
        asked.Add($"missing-max-share: {Number(MissingShare(column.MissingShare))}");
        return $"{{ {string.Join(", ", asked)}, severity: warn }}";
    }

    /// <summary>Half as far again as was seen; what never was negative stays so.</summary>
    static IEnumerable<string> Range(double min, double max)
    {
        var room = (max - min) / 2;
        var least = Round(min - room, bound => bound <= min - room / 2);
        yield return $"min: {Number(min >= 0 ? Math.Max(0, least) : least)}";
        yield return $"max: {Number(Round(max + room, bound => bound >= max + room / 2))}";
    }

    static double MissingShare(double seen) =>
        seen == 0 ? 0 : Math.Min(1, Math.Ceiling(100 * (1.5 * seen + 0.01)) / 100);

    /// <summary>
    /// Two digits: a bound that looks like one. More where the two would shut out what was seen, or leave
    /// less than half of the room: years are all 2000 in two digits.
    /// </summary>
    static double Round(double value, Func<double, bool> leavesRoom) =>
        value == 0 || !double.IsFinite(value)
            ? value
            : Enumerable.Range(2, 14).Select(digits => Round(value, digits))
                .FirstOrDefault(leavesRoom, value);

    static double Round(double value, int digits)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - (digits - 1));
        return Math.Round(value / unit) * unit is var rounded && double.IsFinite(rounded)
            ? double.Parse(
                rounded.ToString($"G{digits + 1}", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture)
            : value;
    }

    public static string Number(double value) =>
        value.ToString("0.#################", CultureInfo.InvariantCulture) is var plain
            && plain.Length <= 18 && (value == 0 || plain is not ("0" or "-0"))
                ? plain : value.ToString("R", CultureInfo.InvariantCulture);
}
