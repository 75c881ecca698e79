using System.Globalization;
using System.Text.Json.Nodes;
using Mlops.Pipelines.Specification.Shapes;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>How many rows may break a check: a share of them, or a count.</summary>
sealed record Threshold(double? Share, long? Rows);

/// <summary>Numbers with a unit.</summary>
static class Amounts
{
    static readonly (string Name, double Seconds)[] Units =
        [("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400), ("week", 604_800)];

    /// <summary><c>0.01</c> is a share, <c>20 rows</c> a count.</summary>
    public static Shape<Threshold> Threshold { get; } = new ScalarShape<Threshold>(
        "a share from 0 to 1, or a count such as 20 rows", new Threshold(0, null), ReadThreshold,
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
                new JsonObject { ["type"] = "string", ["pattern"] = @"^[0-9]+ rows?$|\$\{" }),
        },
        threshold => threshold.Share);

    /// <summary>In seconds: <c>90 seconds</c>, <c>1.5 hours</c>, <c>7 days</c>.</summary>
    public static Shape<double> Duration { get; } = new ScalarShape<double>(
        "a time such as 90 seconds, 2 hours, 7 days or 1 week", 0, ReadDuration,
        () => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = @"^[0-9.]+ (second|minute|hour|day|week)s?$|\$\{",
        },
        seconds => FormattableString.Invariant($"{seconds} seconds"));

    static Parsed<Threshold>? ReadThreshold(YamlScalar scalar)
    {
        if (scalar.Form != ScalarForm.Text && Scalars.ParseReal(scalar.Text) is >= 0 and <= 1 and var share)
            return new(new Threshold(share, null));
        return scalar.Text.Split(' ') is [var count, "row" or "rows"]
            && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
                ? new(new Threshold(null, rows)) : null;
    }

    static Parsed<double>? ReadDuration(YamlScalar scalar)
    {
        if (scalar.Text.Split(' ') is [var count, var unit] && Scalars.ParseReal(count) is > 0 and var number)
            foreach (var (name, seconds) in Units)
                if (unit == name || unit == name + "s")
                    return new(number * seconds);
        return null;
    }
}
