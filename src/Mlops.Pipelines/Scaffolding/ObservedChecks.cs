using System.Globalization;
using Mlops.Data.Tables;
using Mlops.Data.Validation;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>What a column's values were, as checks that only note it where others come.</summary>
static class ObservedChecks
{
    const int MostLevels = 10;
    const int MostLevelChars = 60;

    /// <param name="hides">Whether none of the column's values may be written down.</param>
    /// <param name="isKey">Then new values are what is to be expected.</param>
    /// <returns>As a line of <c>validate.columns</c>.</returns>
    public static string Line(ColumnProfile profile, bool hides, bool isKey)
    {
        var asked = new List<string>();
        if (!hides && !isKey)
            asked.AddRange(Values(profile));
        var share = (double)profile.Missing / Math.Max(1, profile.Count + profile.Missing);
        asked.Add($"missing-max-share: {Exact(Math.Min(1, Math.Ceiling(share * 10_000) / 10_000))}");
        return $"{YamlWord.Key(profile.Name)}: {{ {string.Join(", ", asked)}, severity: info }}";
    }

    static IEnumerable<string> Values(ColumnProfile profile)
    {
        if (profile.Type.IsNumber() && profile is { Min: { } min, Max: { } max }
            && double.IsFinite(min) && double.IsFinite(max))
            return [$"min: {Exact(min)}", $"max: {Exact(max)}"];
        var levels = profile.Top.Select(level => level.Value).Order(StringComparer.Ordinal).ToList();
        return profile.Type.IsText() && profile.DistinctIsExact && profile.Distinct == levels.Count
            && levels.Count is > 0 and <= MostLevels && levels.Count < profile.Count
            && levels.TrueForAll(level => level.Length <= MostLevelChars)
                ? [$"set: [{string.Join(", ", levels.Select(YamlWord.Of))}]"]
                : [];
    }

    /// <summary>A bound that is rounded would refuse the value that it is.</summary>
    static string Exact(double value) => SensibleChecks.Number(value) is var shown
        && double.Parse(shown, CultureInfo.InvariantCulture) == value
            ? shown : value.ToString("R", CultureInfo.InvariantCulture);
}
