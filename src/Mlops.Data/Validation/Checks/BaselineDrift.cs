using Mlops.Data.Drift;
using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>Whether columns are distributed as in the dataset accepted last.</summary>
/// <param name="baseline">Rows of that dataset; null where none are kept.</param>
sealed class BaselineDrift(CheckScope scope, RowSample? sample, Table? baseline)
{
    public Asked Of(TableRule rule, IReadOnlyList<string> columns)
    {
        var terms = TableTerms.Of(
            rule, $"drift:{string.Join('+', columns)}",
            "the columns are distributed as in the dataset accepted last", Severity.Warn);
        if (sample is null)
            return Asked.NotRun(terms, "there are no rows");
        if (baseline is null)
            return Asked.NotRun(terms, scope.Input.Previous is null
                ? CheckScope.NoBaseline
                : "no rows of the dataset accepted last are kept");
        var compared = new Compared(baseline, sample.Table, [.. TableRule.AreAll(columns)
            ? scope.Columns.Union(baseline.Schema.Columns.Select(column => column.Name))
                .Except(scope.Input.Rules.Key)
            : columns]);
        return compared.Columns.Count == 0 && compared.Changed.Count == 0
            ? Asked.NotRun(terms, "the dataset accepted last has none of the columns")
            : Judged(terms, compared, DriftComparison.Compare(
                baseline, sample.Table, new DriftThresholds(), compared.Columns));
    }

    /// <summary>What nothing could be said of is no pass, and what cannot be compared is said.</summary>
    Asked Judged(CheckTerms terms, Compared compared, DriftResult drift)
    {
        List<ColumnDrift> moved = [.. drift.Columns.Where(column => column.Verdict >= DriftVerdict.Warning)];
        List<string> words = [.. compared.Changed, .. moved.Select(Moved), .. compared.New];
        if (moved.Count == 0 && compared.Changed.Count == 0)
        {
            if (drift.Verdict < DriftVerdict.None)
                return Asked.NotRun(terms, drift.DecidedBy);
            words.Insert(0, drift.DecidedBy);
        }
        return Asked.Known(new Finding(
            Outcomes.OfSet(
                terms, compared.Changed.Count == 0 && !moved.Any(Counts), string.Join("; ", words),
                sample!.Table.RowCount, 0,
                $"Jensen–Shannon distances below {CheckWords.Number(drift.Thresholds.DriftAt)}"),
            Quoted: [.. moved.Select(column => column.Column)]));
    }

    /// <summary>Beside distances that are large, moves that a distance does not see.</summary>
    static bool Counts(ColumnDrift column) =>
        column.Verdict == DriftVerdict.Drift || !(column.Value >= column.By!.WarnAt);

    static string Moved(ColumnDrift column) =>
        (column.Largest!.StartsWith(column.Column, StringComparison.Ordinal) ? "" : $"{column.Column}: ")
        + column.Largest
        + (column.Distance is { } distance
            ? $" (distance {CheckWords.Number(Math.Round(distance, 3))})" : "");

    /// <param name="Columns">Those that both datasets have, of one kind.</param>
    /// <param name="Changed">The others, in words: gone, or text in place of numbers.</param>
    /// <param name="New">Those that the dataset accepted last does not have, in words.</param>
    sealed record Compared(
        IReadOnlyList<string> Columns, IReadOnlyList<string> Changed, IReadOnlyList<string> New)
    {
        public Compared(Table baseline, Table current, IReadOnlyList<string> asked) : this(
            [.. asked.Where(name => IsText(baseline, name) is { } text && text == IsText(current, name))],
            [.. asked.Select(name => Change(baseline.Schema.Find(name), current.Schema.Find(name)))
                .OfType<string>()],
            [.. asked.Where(name => baseline.Schema.Find(name) is null)
                .Select(name => $"{name} is new")])
        {
        }

        static bool? IsText(Table table, string name) => table.Schema.Find(name)?.Type.IsText();

        static string? Change(Column? before, Column? now) =>
            before is null ? null
            : now is null ? $"{before.Name} is gone"
            : before.Type.IsText() == now.Type.IsText() ? null
            : $"{now.Name} was {before.TypeWord} and is {now.TypeWord}";
    }
}
