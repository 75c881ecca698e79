using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Splitting;

/// <summary>
/// Divides the rows of a table into a training split and a holdout; rows without a label are in neither.
/// </summary>
public static class SplitStage
{
    public static Stage<SplitInput, Split> Value { get; } = new(
        "Split", 2, PackageVersions.ParquetNet,
        () => DataJson.Default.SplitInput, () => DataJson.Default.Split, Run)
    {
        Calls = () => [SplitColumns.ReadGroup],
    };

    static async Task<Split> Run(StageContext context, SplitInput input)
    {
        var problems = SplitSpecifications.Problems(input);
        if (problems.Count > 0)
            throw new ProblemException(problems);
        var by = input.Specification.Column ?? input.Label;
        var table = await SplitColumns.Load(context, input.Table, [.. new[] { input.Label, by }.Distinct()]);
        var findings = new List<string>();
        var usable = Usable(table, input, by, findings);
        var (held, boundary) = HeldOut(usable, table[by], table.Schema.Find(by)!, input.Specification);
        var roles = Roles(table.RowCount, usable, held);
        var assignment = await context.Write(
            MediaTypes.Bytes, stream => stream.WriteAsync(Bytes(roles), context.Cancellation).AsTask());
        return new Split(
            assignment, Count(roles, RowRole.Train), Count(roles, RowRole.Holdout),
            Count(roles, RowRole.Excluded), boundary,
            Judge(roles, table[input.Label], input.Label, findings));
    }

    /// <summary>The rows that have a label and, where it is by time that they are split, a time.</summary>
    static List<int> Usable(Table table, SplitInput input, string by, List<string> findings)
    {
        var label = table[input.Label];
        var labelled = Enumerable.Range(0, table.RowCount).Where(row => !label.IsMissing(row)).ToList();
        var usable = input.Specification.Method == SplitMethod.Time
            ? Timed(labelled, table[by], by, findings)
            : labelled;
        if (labelled.Count < table.RowCount)
        {
            var unlabelled = table.RowCount - labelled.Count;
            findings.Add(FormattableString.Invariant(
                $"{unlabelled:N0} of {table.RowCount:N0} rows {LeftOut(unlabelled, $"'{input.Label}'")}."));
        }
        return usable;
    }

    static RowRole[] Roles(int rows, IEnumerable<int> usable, IEnumerable<int> held)
    {
        var roles = new RowRole[rows];
        Array.Fill(roles, RowRole.Excluded);
        foreach (var row in usable)
            roles[row] = RowRole.Train;
        foreach (var row in held)
            roles[row] = RowRole.Holdout;
        return roles;
    }

    static (IReadOnlyList<int> Rows, string? Boundary) HeldOut(
        IReadOnlyList<int> rows, ColumnValues by, Column column, SplitSpecification specification)
    {
        var (share, seed) = (specification.HoldoutShare ?? 0, specification.Seed);
        switch (specification.Method)
        {
            case SplitMethod.Random:
                return ([.. Holdout.Random(rows, share, seed)], null);
            case SplitMethod.Stratified:
                return ([.. Holdout.Stratified(rows, by, share, seed)], null);
            case SplitMethod.Group:
                return ([.. Holdout.Groups(rows, by, share, seed)], null);
            case SplitMethod.Interleaved:
                return ([.. Holdout.Interleaved(rows, share)], null);
            default:
                var keys = rows.Select(row => TimeKeys.KeyOf(by, row)!.Value).ToArray();
                var boundary = specification.At is { } at
                    ? TimeKeys.Parse(at, column)
                    : Holdout.Boundary(keys, share);
                List<int> held = [.. rows.Where((_, i) => keys[i] >= boundary)];
                var first = held.Count == 0 ? null : by.Text(held.MinBy(row => TimeKeys.KeyOf(by, row)));
                return (held, first);
        }
    }

    /// <summary>The rows that say when they were.</summary>
    static List<int> Timed(List<int> rows, ColumnValues time, string column, List<string> findings)
    {
        var timed = rows.Where(row => !time.IsMissing(row)).ToList();
        if (timed.Count < rows.Count)
        {
            var untimed = rows.Count - timed.Count;
            findings.Add($"{Counted.Of(untimed, "row", "rows")} "
                + $"{LeftOut(untimed, $"'{column}' to be ordered by")}.");
        }
        return timed;
    }

    static string LeftOut(int rows, string lacking) => Counted.Word(
        rows, $"has no {lacking} and is left out", $"have no {lacking} and are left out");

    static Judgement Judge(RowRole[] roles, ColumnValues label, string name, List<string> findings)
    {
        var faults = new List<string>();
        var labels = Enumerable.Range(0, roles.Length)
            .Where(row => roles[row] == RowRole.Train)
            .Select(label.Text).Distinct(StringComparer.Ordinal).Take(2).ToList();
        if (labels.Count == 0)
            faults.Add("No rows are left to train on.");
        else if (labels.Count == 1)
            faults.Add(
                $"The label '{name}' is '{labels[0]}' in all training rows: there is nothing to learn.");
        if (Count(roles, RowRole.Holdout) == 0)
            faults.Add("No rows are held out: there is nothing to evaluate on.");
        return new Judgement(faults.Count == 0, [.. faults, .. findings]);
    }

    static long Count(RowRole[] roles, RowRole role) => roles.LongCount(other => other == role);

    static byte[] Bytes(RowRole[] roles) => Array.ConvertAll(roles, role => (byte)role);
}
