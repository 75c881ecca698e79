using System.Globalization;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Validation;
using Mlops.Data.Validation.Profiling;

namespace Mlops.Pipelines.Scaffolding;

/// <summary>A column's declaration with what was seen of it as a remark.</summary>
static class ColumnRemark
{
    /// <summary>From here on what reads as numbers is worth a remark in a column of text.</summary>
    const double MostlyNumbers = 0.9;

    const int MostLevels = 100;
    const double MostLevelsShare = 0.1;
    const int MostChars = 30;
    const int MostReasonChars = 160;

    /// <param name="hides">Whether none of the column's values may be written down.</param>
    /// <param name="form">How its cells are written; null where as the format says.</param>
    /// <returns>As a line of <c>data.columns</c>.</returns>
    public static string Line(
        Column column, ColumnSketch sketch, ColumnOrigin? origin, bool hides,
        CellForm? form, TextFormat format)
    {
        var profile = ProfileSummary.Of(sketch);
        var rows = profile.Count + profile.Missing;
        List<string> evidence = [Share(profile.Missing, rows, "missing"), Distinct(profile, rows)];
        if (!hides)
            evidence.AddRange(Values(column, sketch, profile, origin));
        if (form is not null)
            evidence.Add(form.Evidence(hides));
        return $"{YamlWord.Key(column.Name)}: {ColumnText.Of(column, form, format)}  # "
            + $"{string.Join("; ", evidence)}";
    }

    static IEnumerable<string> Values(
        Column column, ColumnSketch sketch, ColumnProfile profile, ColumnOrigin? origin)
    {
        if (profile is { Min: { } min, Max: { } max } && column.Type.IsNumber())
            yield return $"{SensibleChecks.Number(min)} to {SensibleChecks.Number(max)}";
        else if (profile.Top.Count > 0 && profile.Distinct < profile.Count + profile.Missing)
            yield return "mostly " + string.Join(", ", profile.Top.Take(3).Select(top => Shown(top.Value)));
        if (Suggestion(column, profile, sketch) is { } suggestion)
            yield return suggestion;
        else if (column.Type == ColumnType.Text && origin?.Because is { } because)
            yield return $"because {Line(because, MostReasonChars)}";
    }

    /// <summary>Counted over the values that the sketch holds: all, or the most frequent ones.</summary>
    static string? Suggestion(Column column, ColumnProfile profile, ColumnSketch sketch)
    {
        if (column.Type != ColumnType.Text || sketch.Levels is not { Values.Count: > 0 } levels)
            return null;
        var others = levels.Values.Zip(levels.Counts).Where(level => !IsNumber(level.First)).ToList();
        var numbers = 1 - (double)others.Sum(level => level.Second) / levels.Counts.Sum();
        if (numbers >= MostlyNumbers && others.Count > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{numbers:P1} read as numbers, but not ")
                + string.Join(", ", others.OrderByDescending(level => level.Second).Take(3)
                    .Select(level => Shown(level.First))) + ": perhaps missing ones";
        return profile.Distinct <= Math.Min(MostLevels, MostLevelsShare * profile.Count)
            ? "perhaps a category"
            : null;
    }

    static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    static string Share(long part, long rows, string what) => part == 0 ? $"none {what}"
        : string.Create(CultureInfo.InvariantCulture, $"{(double)part / Math.Max(1, rows):P1} {what}");

    static string Distinct(ColumnProfile profile, long rows) =>
        profile.Distinct == rows && rows > 1 && profile.DistinctIsExact
            ? "all different"
            : string.Create(CultureInfo.InvariantCulture,
                $"{(profile.DistinctIsExact ? "" : "about ")}{profile.Distinct:N0} distinct");

    static string Shown(string text) => $"'{Line(text, MostChars)}'";

    /// <summary>On one line and short, whatever a cell holds.</summary>
    static string Line(string text, int most)
    {
        var line = string.Concat(text.Select(
            letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        return line.Length > most ? line[..most] + "…" : line;
    }
}
