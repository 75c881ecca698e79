using System.Globalization;

namespace Mlops.EndToEnd.Tests;

/// <summary>A pipeline with the data that its model is made of and two files of what was scored.</summary>
static class ScoredShop
{
    public const string Columns = "columns: { id: integer, day: date, size: real, plan: text, amount: real }";

    public static Workbench Shop() => new Workbench()
        .WithFile("pipelines/shop/data.csv", Header(true) + Rows(0, 1000, new DateOnly(2025, 1, 1), 0, true))
        .WithFile("pipelines/shop/scored/01.csv",
            "plan,size,day,id\n" + Reordered(2000, 300, new DateOnly(2026, 1, 1), 0))
        .WithFile("pipelines/shop/scored/02.csv",
            Header(true) + Rows(3000, 300, new DateOnly(2026, 2, 1), 0, true));

    public static string Yaml(string columns) => $$"""
        name: shop
        data:
          sources: data.csv
          key: [id]
          time: day
          quarantine: { max-share: 0.01 }
          {{columns}}
        validate: { columns: { amount: { required: true }, size: { min: 0, fail-above: 0.1 } } }
        split: { method: interleaved, holdout-share: 0.25 }
        train: { task: regression, label: amount, trainer: { name: fast-tree, trees: 10 } }
        package: { version: 1.0.0 }
        monitor: { sources: scored/*.csv, reference: package, thresholds: { column-share: 0.3 } }
        """;

    public static string Header(bool labelled) => "id,day,size,plan" + (labelled ? ",amount\n" : "\n");

    public static string Rows(
        int from, int count, DateOnly start, double shift, bool labelled, string? plan = null) =>
        Lines(count, row =>
            FormattableString.Invariant(
                $"{from + row},{Day(start, row)},{Size(row, shift)},{plan ?? Plan(row)}")
            + (labelled ? FormattableString.Invariant($",{Size(row, shift) * 3 + row % 5}") : ""));

    public static string Reordered(int from, int count, DateOnly start, double shift) => Lines(count, row =>
        FormattableString.Invariant($"{Plan(row)},{Size(row, shift)},{Day(start, row)},{from + row}"));

    static string Day(DateOnly start, int row) =>
        start.AddDays(row % 28).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static double Size(int row, double shift) => 10 + shift + row * 7919 % 1000 / 100.0;

    static string Plan(int row) => row % 3 == 0 ? "gold" : "basic";

    static string Lines(int count, Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, count).Select(row => line(row) + "\n"));
}
