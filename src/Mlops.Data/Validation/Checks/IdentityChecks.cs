using Mlops.Data.Tables;
using Mlops.Engine;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Checks that compare rows with each other over all parts: uniqueness, and train against holdout.
/// </summary>
static class IdentityChecks
{
    public static async Task<IReadOnlyList<CheckOutcome>> Run(StageContext context, ValidateInput input)
    {
        var outcomes = new List<CheckOutcome>();
        foreach (var rule in input.Rules.Columns.Where(rule => rule.Unique))
            outcomes.Add(await Unique(context, input.Table, rule));
        if (input.Rules.Key.Count > 0)
            outcomes.AddRange(await Key(context, input.Table, input.Rules.Key));
        if (input.Rules.Overlap is { } severity)
            outcomes.Add(await Overlap(context, input, severity));
        return outcomes;
    }

    static async Task<CheckOutcome> Unique(StageContext context, TableParts table, ColumnRule rule)
    {
        var digests = await Digests(context, table, [rule.Column], onlyComplete: true);
        var result = await WithValues(context, table, [rule.Column], RowMatching.Duplicates(digests));
        return Outcomes.OfRows(
            $"unique:{rule.Column}", CheckWords.Tolerating($"{rule.Column} is unique", rule.FailAbove),
            rule.Severity, result, rule.FailAbove, "values");
    }

    static async Task<IReadOnlyList<CheckOutcome>> Key(
        StageContext context, TableParts table, IReadOnlyList<string> key)
    {
        var digests = await Digests(context, table, key, onlyComplete: true);
        var (id, name) = (string.Join('+', key), string.Join(" + ", key));
        var incomplete = await WithValues(context, table, key, RowMatching.Incomplete(digests));
        var duplicates = await WithValues(context, table, key, RowMatching.Duplicates(digests));
        return
        [
            Outcomes.OfRows(
                $"key-complete:{id}", $"every row has its key {name}", Severity.Error, incomplete, 0, "rows"),
            Outcomes.OfRows($"unique:{id}", $"{name} is unique", Severity.Error, duplicates, 0, "rows"),
        ];
    }

    static async Task<CheckOutcome> Overlap(StageContext context, ValidateInput input, Severity severity)
    {
        const string sentence = "no row of the holdout also stands in the training split";
        var columns = input.Table.Schema.Columns.Select(column => column.Name).Except(input.Rules.Key).ToList();
        if (input.Assignment is null)
            return Outcomes.NotRun("overlap", sentence, severity, "the dataset is not split");
        if (columns.Count == 0)
            return Outcomes.NotRun("overlap", sentence, severity, "there are no columns but the key");
        var assignment = await File.ReadAllBytesAsync(context.Locate(input.Assignment), context.Cancellation);
        if (assignment.Length != input.Table.RowCount)
            throw new ProblemException(new Problem(
                "VALIDATE-005", "The split is not of this dataset.",
                Expected: $"{input.Table.RowCount} rows", Actual: $"{assignment.Length}"));
        var digests = await Digests(context, input.Table, columns, onlyComplete: false);
        var result = await WithValues(
            context, input.Table, input.Rules.Key, RowMatching.Overlap(digests, assignment));
        return Outcomes.OfRows("overlap", sentence, severity, result, 0, "rows of the holdout");
    }

    static Task<IReadOnlyList<UInt128[]>> Digests(
        StageContext context, TableParts table, IReadOnlyList<string> columns, bool onlyComplete) =>
        PartStages.Digests(
            context, table.Groups().Select(group => new DigestPartsInput(group, columns, onlyComplete)));

    /// <summary>
    /// The sampled rows with their values in the given columns, read from the parts they stand in alone.
    /// </summary>
    static async Task<RowCheckResult> WithValues(
        StageContext context, TableParts table, IReadOnlyList<string> columns, RowCheckResult result)
    {
        var samples = new List<CheckSample>();
        var offset = 0L;
        foreach (var part in columns.Count == 0 ? [] : table.Parts)
        {
            var here = result.Samples.Where(s => s.Row >= offset && s.Row < offset + part.RowCount).ToList();
            if (here.Count > 0)
            {
                var values = await TableFile.Read(context.Locate(part.File), columns, context.Cancellation);
                samples.AddRange(here.Select(s => s with { Value = Values(values, (int)(s.Row - offset)) }));
            }
            offset += part.RowCount;
        }
        return columns.Count == 0 ? result : result with { Samples = samples };
    }

    static string Values(Table table, int row) => string.Join(
        " + ", Enumerable.Range(0, table.Schema.Columns.Count).Select(i => table[i].Text(row) ?? "(missing)"));
}
