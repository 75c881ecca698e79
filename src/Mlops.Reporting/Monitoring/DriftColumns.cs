using Mlops.Data.Drift;
using Mlops.Reporting.Charts;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Monitoring;

/// <summary>One compared column, as a row of a table and as a picture with all its numbers.</summary>
static class DriftColumns
{
    public static ScriptObject Row(ColumnDrift column) => Fields.Of(
        ("name", column.Column),
        ("type", column.Type.ToString().ToLowerInvariant()),
        ("chip", Marks.Chip(column.Verdict)),
        ("picture", column.Bins.Count == 0 ? null : Bars.Pair(column.Bins,
            $"reference filled, current outlined, {column.Bins.Count} bins; distance {Show.Number(column.Distance, 3)}")),
        ("distance", Show.Cell(column.Distance, Show.Number(column.Distance, 3))),
        ("psi", Show.Cell(column.Psi, Show.Number(column.Psi, 3))),
        ("psi_null", Show.Number(column.PsiNullMean, 2)),
        ("test", column.Test ?? "not tested"),
        ("adjusted", Show.Cell(column.AdjustedP, Show.Probability(column.AdjustedP))),
        ("missing", Show.Cell(column.CurrentMissingShare - column.ReferenceMissingShare,
            $"{Show.Percent(column.ReferenceMissingShare)} → {Show.Percent(column.CurrentMissingShare)}")),
        ("largest", Prose.OrNull(column.Largest)));

    public static ScriptObject Detail(ColumnDrift column, int number) => Fields.Of(
        ("number", number),
        ("row", Row(column)),
        ("drawing", column.Bins.Count == 0 ? null : Bars.PairInFull(column.Bins,
            $"{column.Bins.Count} bins, reference filled, current outlined; the shares stand beside each bar")),
        ("facts", Fields.List(Facts(column),
            fact => Fields.Of(("label", fact.Label), ("text", new Prose(fact.Text))))));

    static IEnumerable<(string Label, string Text)> Facts(ColumnDrift column)
    {
        yield return ("Rows", $"{Show.Count(column.ReferenceCount)} → {Show.Count(column.CurrentCount)}");
        yield return ("Missing",
            $"{Show.Percent(column.ReferenceMissingShare)} → {Show.Percent(column.CurrentMissingShare)}"
            + (column.MissingP is { } p ? $" (p {Show.Probability(p)})" : ""));
        if (column.ReferenceMean is not null || column.CurrentMean is not null)
            yield return ("Mean", $"{Show.Number(column.ReferenceMean)} → {Show.Number(column.CurrentMean)}");
        yield return ("Jensen–Shannon distance", $"{Show.Number(column.Distance)} over {column.Bins.Count} "
            + $"{column.Binning ?? "unnamed"} bins");
        yield return ("PSI",
            $"{Show.Number(column.Psi)}; {Show.Number(column.PsiNullMean, 3)} is expected without any drift");
        yield return ("Test", column.Test is null ? "not tested" : $"{column.Test}: statistic "
            + $"{Show.Number(column.Statistic)}, p {Show.Probability(column.P)}, adjusted p {Show.Probability(column.AdjustedP)}");
        if (column.Largest is not null)
            yield return ("Largest mover", column.Largest);
        if (column.NewValues.Count > 0)
            yield return ("New", string.Join(", ", column.NewValues));
        if (column.GoneValues.Count > 0)
            yield return ("Gone", string.Join(", ", column.GoneValues));
    }
}
