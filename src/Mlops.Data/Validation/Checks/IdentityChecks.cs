using Mlops.Data.Tables;

namespace Mlops.Data.Validation.Checks;

/// <summary>
/// Checks that compare rows with each other over all parts, by their digests: uniqueness, duplicates,
/// conflicts, and train against holdout.
/// </summary>
sealed class IdentityChecks(CheckScope scope)
{
    public async Task<IReadOnlyList<Finding>> OfColumns()
    {
        var findings = new List<Finding>();
        foreach (var rule in scope.Input.Rules.Columns.Where(rule => rule.Unique))
            findings.Add(await Found(
                new CheckTerms(
                    $"unique:{rule.Column}", $"{rule.Column} is unique", rule.Severity ?? Severity.Error,
                    Tolerance.Of(rule)),
                [rule.Column],
                RowMatching.Duplicates(await Digests([rule.Column], onlyComplete: true)), rule.Column));
        if (scope.Input.Rules.Key is { Count: > 0 } key)
            findings.AddRange(await Key(key));
        if (scope.Input.Rules.Overlap is { } severity)
            findings.Add(await Overlap(severity));
        return findings;
    }

    async Task<IReadOnlyList<Finding>> Key(IReadOnlyList<string> key)
    {
        var digests = await Digests(key, onlyComplete: true);
        var (id, name) = (string.Join('+', key), string.Join(" + ", key));
        return
        [
            await Found(
                new CheckTerms($"key-complete:{id}", $"every row has its key {name}",
                    Severity.Error, Tolerance.None, "rows"),
                key, RowMatching.Incomplete(digests)),
            await Found(
                new CheckTerms($"unique:{id}", $"{name} is unique", Severity.Error, Tolerance.None, "rows"),
                key, RowMatching.Duplicates(digests)),
        ];
    }

    public async Task<Finding> Unique(TableRule rule, IReadOnlyList<string> columns) => await Found(
        TableTerms.Of(rule, $"unique:{string.Join('+', columns)}",
            $"{string.Join(" + ", columns)} is unique", Severity.Error),
        columns, RowMatching.Duplicates(await Digests(columns, onlyComplete: true)));

    /// <summary>Rows that equal an earlier one; missing equals missing.</summary>
    public async Task<Finding> Duplicates(TableRule rule, IReadOnlyList<string> columns)
    {
        var (compared, what) = TableRule.AreAll(columns)
            ? (scope.Columns, "all columns")
            : (columns, string.Join(" + ", columns));
        return await Found(
            TableTerms.Of(
                rule, $"duplicates:{string.Join('+', columns)}",
                $"no row equals an earlier one in {what}", Severity.Warn),
            scope.Input.Rules.Key, RowMatching.Duplicates(await Digests(compared, onlyComplete: false)));
    }

    public async Task<Finding> Conflicts(TableRule rule)
    {
        var terms = TableTerms.Of(
            rule, "conflicting-labels", "rows with equal features have one label", Severity.Warn);
        if (scope.Input.Learning is not { } learning)
            return NotRun(terms, "nobody said what is learnt");
        return scope.Features.Count == 0
            ? NotRun(terms, "there are no features")
            : await Found(terms, [.. scope.Input.Rules.Key, learning.Label], RowMatching.Conflicts(
                await Digests(scope.Features, onlyComplete: false),
                await Digests([learning.Label], onlyComplete: true)));
    }

    /// <summary>A key, or what rows are about, on both sides of the split.</summary>
    public async Task<Finding> KeyLeakage(Severity severity, IReadOnlyList<string> columns)
    {
        var name = string.Join(" + ", columns);
        var terms = new CheckTerms(
            $"key-leakage:{string.Join('+', columns)}",
            $"no {name} of the holdout is also in the training split",
            severity, Tolerance.None, "rows of the holdout");
        return scope.Roles() is not { } roles
            ? NotRun(terms, "the dataset is not split")
            : await Found(
                terms, columns, RowMatching.Overlap(await Digests(columns, onlyComplete: true), roles));
    }

    async Task<Finding> Overlap(Severity severity)
    {
        var terms = new CheckTerms(
            "overlap", "no row of the holdout also stands in the training split",
            severity, Tolerance.None, "rows of the holdout");
        var columns = scope.Columns.Except(scope.Input.Rules.Key).ToList();
        if (scope.Roles() is not { } roles)
            return NotRun(terms, "the dataset is not split");
        return columns.Count == 0
            ? NotRun(terms, "there are no columns but the key")
            : await Found(
                terms, scope.Input.Rules.Key,
                RowMatching.Overlap(await Digests(columns, onlyComplete: false), roles));
    }

    Task<IReadOnlyList<UInt128[]>> Digests(IReadOnlyList<string> columns, bool onlyComplete) =>
        PartStages.Digests(
            scope.Context,
            scope.Input.Table.Groups().Select(group => new DigestPartsInput(group, columns, onlyComplete)));

    async Task<Finding> Found(
        CheckTerms terms, IReadOnlyList<string> shown, RowsFound found, string? column = null)
    {
        var samples = await ShownRows.WithValues(scope, shown, found.Samples);
        return Outcomes.OfRows(terms, found with { Samples = samples }, column);
    }

    static Finding NotRun(CheckTerms terms, string why) =>
        new(Outcomes.NotRun(terms, why));
}

/// <summary>How rules of the whole are told.</summary>
static class TableTerms
{
    public static CheckTerms Of(TableRule rule, string id, string sentence, Severity severity) => new(
        rule.Name is { } name ? $"{id.Split(':')[0]}:{name}" : id, sentence, rule.Severity ?? severity,
        Tolerance.Of(rule), "rows");
}

/// <summary>
/// Sampled rows with their values in some columns, read from the parts they stand in alone.
/// </summary>
static class ShownRows
{
    public static async Task<IReadOnlyList<CheckSample>> WithValues(
        CheckScope scope, IReadOnlyList<string> columns, IReadOnlyList<CheckSample> samples)
    {
        if (columns.Count == 0)
            return samples;
        var shown = new List<CheckSample>();
        var offset = 0L;
        foreach (var part in scope.Input.Table.Parts)
        {
            var here = samples
                .Where(sample => sample.Row >= offset && sample.Row < offset + part.RowCount).ToList();
            if (here.Count > 0)
            {
                var values = await TableFile.Read(
                    scope.Context.Locate(part.File), columns, scope.Context.Cancellation);
                shown.AddRange(here.Select(sample =>
                    sample with { Value = Values(values, (int)(sample.Row - offset)) }));
            }
            offset += part.RowCount;
        }
        return shown;
    }

    static string Values(Table table, int row) => string.Join(
        " + ",
        Enumerable.Range(0, table.Schema.Columns.Count).Select(i => table[i].Text(row) ?? "(missing)"));
}
